"""Money, decided: obligations and creditors, orders and their one transition table, ledger postings."""
