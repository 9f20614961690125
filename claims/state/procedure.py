"""The articles of the procedure that a decision falls under."""

from law.periods import day_of
from payments.context import DecisionContext


def procedure_article(context: DecisionContext, pasal: str) -> str:
    """An article of the ministerial regulation in force when a command is decided."""
    return f"{context.law.in_force_on(day_of(context.received_or_now)).procedure} Pasal {pasal}"
