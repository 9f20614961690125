"""The people who use it: thirty lives, played and decided."""
