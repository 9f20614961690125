"""Claims, evidence and idle claims, beside their yardsticks."""
