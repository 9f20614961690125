"""THE LAW AS TESTS: cases of the law in JSON, run against the engine's pure core."""
