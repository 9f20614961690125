"""Counts of a whole claim and of a step: the same on every machine."""
