"""What the law costs by itself, and what its reasons cost."""
