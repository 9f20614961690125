"""WHAT THE TEXTS SAY: dated, cited values; money, periods, working days, NIK, grounds. No state, no I/O."""
