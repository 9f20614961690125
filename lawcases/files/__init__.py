"""Files of cases, read strictly: every fault has its place and says what to do."""
