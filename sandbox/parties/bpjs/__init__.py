"""BPJS Ketenagakerjaan's side: what the contribution records say of a participant."""
