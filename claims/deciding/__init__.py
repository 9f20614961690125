"""What a command leads to: its events, or its refusal with ground and article."""
