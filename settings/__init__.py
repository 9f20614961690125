"""What is configured: typed settings of every process, read once, every fault named at once."""
