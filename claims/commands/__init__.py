"""What may be said to a claim: commands as they come from portals, officers, BPJS and the bank."""
