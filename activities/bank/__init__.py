"""The bank: one transfer per order, the search for its outcome, and SNAP."""
