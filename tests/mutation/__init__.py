"""Mutants of the law against its tests: `make mutate`."""
