"""Simulated outside parties: the bank, BPJS Ketenagakerjaan, the mailbox."""
