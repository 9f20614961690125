"""Cases, run: a claim is made of each, and what comes out is compared with what was expected."""
