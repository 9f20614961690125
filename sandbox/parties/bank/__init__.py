"""A bank that speaks SNAP BI, keeps its books, and fails on demand by magic account number."""
