"""Real servers on this machine: PostgreSQL, Temporal, the engine's processes, in one folder."""
