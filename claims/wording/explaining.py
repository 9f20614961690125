"""Penjelasan: one reason object in plain words, for letters, portals and the status page.

Everything said is drawn from the reason itself, so that text and JSON cannot disagree.
"""

from claims.wording.conditions import RESULTS, change_text, condition_name, found_text, with_facts
from claims.wording.grounds import why
from claims.wording.language import Language, article_text, instant_day_text
from claims.wording.values import source_text
from law.grounds import Frozen, Reason, Result


class Explained(Frozen):
    """A condition in words: what it asks, how it stands and why, what was found, the article, the source.

    `as_of` is the day of which the source speaks, empty where it names none; `change` is empty where nothing
    has to change, or nothing can change it. No text ends with a full stop.
    """

    condition: str
    result: str
    why: str
    found: str
    article: str
    source: str
    as_of: str
    change: str


def explain(reason: Reason, language: Language) -> Explained:
    """The reason in plain Indonesian or English."""
    return Explained(
        condition=condition_name(reason.condition, language),
        result=RESULTS[reason.result].spoken(language),
        why=why(reason.ground, language),
        found=_found(reason, language),
        article=article_text(reason.article, language),
        source=source_text(reason.source, language),
        as_of="" if reason.known_at is None else instant_day_text(reason.known_at, language),
        change=_change(reason, language),
    )


def explain_all(reasons: tuple[Reason, ...], language: Language) -> tuple[Explained, ...]:
    """Every reason in words, in their order."""
    return tuple(explain(reason, language) for reason in reasons)


def _found(reason: Reason, language: Language) -> str:
    """What was found; the ground itself where older facts lack a word."""
    text = found_text(reason)
    try:
        return why(reason.ground, language) if text is None else with_facts(text, reason.facts, language)
    except KeyError:
        return why(reason.ground, language)


def _change(reason: Reason, language: Language) -> str:
    text = None if reason.result is Result.MET else change_text(reason.condition, reason.ground)
    return "" if text is None else text.spoken(language)
