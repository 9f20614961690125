"""Payment orders and the ledger."""
