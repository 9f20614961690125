"""The command line `jkp`."""
