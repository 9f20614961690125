"""The law as tests: cases of the law in JSON, run against the engine's pure core."""
