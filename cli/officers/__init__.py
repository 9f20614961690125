"""Officers and inspectors: one claim, what is asked, and what they say to it."""
