"""What a case may say and expect: the format, one module a subject."""
