"""The lives that are played: scripts against a player, and the cast with what each life must come to."""
