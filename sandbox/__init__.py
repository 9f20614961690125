"""A world to try the engine in: real servers, simulated outside parties, and the people who use it."""
