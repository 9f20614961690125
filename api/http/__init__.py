"""HTTP itself: requests read strictly, one table of problems, limits, turns, one command at a time."""
