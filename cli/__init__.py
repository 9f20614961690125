"""The desk: `jkp`, the one command line."""
