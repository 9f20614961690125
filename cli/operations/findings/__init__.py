"""What `jkp stuck` looks for: one module a subject, one function a kind of finding."""
