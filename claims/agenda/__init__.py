"""What is awaited, of whom, until when, and which letters are due."""
