"""What the texts say: dated, cited values; money, periods, working days, NIK, grounds. No state, no I/O."""
