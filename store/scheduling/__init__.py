"""When anybody looks again: the programme clock, one wake-up row for each waiting workflow, and NOTIFY."""
