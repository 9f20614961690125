"""What follows without a command: deadlines that pass, questions, redetermination, debts."""
