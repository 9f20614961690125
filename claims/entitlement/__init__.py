"""Who is entitled to what, month by month, and who pays: conditions in the order of the articles."""
