"""The situation of a decision, and the articles of the procedure that it falls under."""

from law.periods import day_of
from payments.context import Situation

__all__ = ["Situation", "procedure_article"]


def procedure_article(s: Situation, pasal: str) -> str:
    """An article of the ministerial regulation in force when a message is judged."""
    return f"{s.law.in_force_on(day_of(s.heard_at)).procedure} Pasal {pasal}"
