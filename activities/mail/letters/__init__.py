"""Letters in plain Indonesian and English, from a claim and a notice."""
