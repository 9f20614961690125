"""The benchmarks: counts that do not depend on the machine, and ratios of two sides measured in one run."""
