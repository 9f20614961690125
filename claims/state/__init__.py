"""What a claim is after its events: the folded state, and how each event changes it."""
