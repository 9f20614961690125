"""Surat kepada penerima manfaat: one letter in plain Indonesian and in English, from a claim and a notice.

A letter is rendered when it is sent, so every template says what still holds in the state it is given: an
appeal to act whose deadline has passed by then becomes a sentence that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from activities.mail.letters.facts import letter_facts
from activities.mail.letters.news import news
from claims.agenda.notices import Notice
from claims.state.claim import Claim
from claims.wording.asked import deadline_text, document_text
from claims.wording.contact import field_text
from claims.wording.decided import decision_text
from claims.wording.explaining import explain
from claims.wording.grounds import why
from claims.wording.language import (
    LANGUAGES,
    Language,
    article_text,
    day_text,
    instant_day_text,
    percent_text,
    until_text,
)
from claims.wording.values import fact_text
from law.money import rupiah
from law.names import masked
from law.periods import Calendar
from law.rules import Law

TEMPLATES = Path(__file__).parent / "templates"
BULLET = "- "
REASONS_SHOWN = 4  # a letter names so many of a list and counts the others; the portal shows them all
REASONS_SHOWN_WITH_DATES = 2  # beside the dates of five months
RULE = "-" * 60


@dataclass(frozen=True)
class Letter:
    """A rendered letter; only its subject, which names nobody, shows in logs."""

    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)


def render(
    notice: Notice,
    claim: Claim,
    recipient_name: str,
    claim_number: str,
    law: Law,
    calendar: Calendar,
    at: datetime,
) -> Letter:
    """The letter of a notice, from the claim as it stands and the programme time of sending.

    `at` is aware. Raises jinja2.UndefinedError where a template names what it is not given.
    """
    facts = {**vars(letter_facts(notice, claim, law, calendar, at)), **news(notice, claim, law, at)}
    return written(notice.kind.value, facts, recipient_name, claim_number)


def written(kind: str, facts: Mapping[str, object], recipient_name: str, claim_number: str) -> Letter:
    """The letter of a kind from facts already gathered; `deceased` says whether the family is addressed."""
    parts = {language: _part(kind, language, facts) for language in LANGUAGES}
    frame = {
        "name": masked(" ".join(recipient_name.split())),
        "claim_number": claim_number,
        "deceased": facts["deceased"],
        "rule": RULE,
        "parts": parts,
        "blocks": {language: _blocks(body) for language, (_, body) in parts.items()},
    }
    text = ENVIRONMENTS["id"].get_template("letter.txt.jinja").render(frame)
    html = ENVIRONMENTS["id"].get_template("letter.html.jinja").render(frame)
    return Letter(parts["id"][0], text, html)


def _environment(language: Language) -> Environment:
    """Jinja with the filters of a language; a name that is not given is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(enabled_extensions=("html.jinja",), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals["REASONS_SHOWN"] = REASONS_SHOWN
    environment.globals["REASONS_SHOWN_WITH_DATES"] = REASONS_SHOWN_WITH_DATES
    environment.filters.update(
        day=lambda day: day_text(day, language),
        on=lambda instant: instant_day_text(instant, language),
        until=lambda deadline: until_text(deadline, language),
        percent=lambda share: percent_text(share, language),
        cite=lambda article: article_text(article, language),
        why=lambda ground: why(ground, language),
        word=lambda code: fact_text("", code, language),
        decision=lambda what, month: decision_text(what, month, language),
        document=lambda document: document_text(document, language),
        data_field=lambda field: field_text(field, language),
        deadline=lambda what, month: deadline_text(what, month, language),
        explained=lambda reason: explain(reason, language),
        rupiah=rupiah,
    )
    return environment


ENVIRONMENTS: dict[Language, Environment] = {language: _environment(language) for language in LANGUAGES}


def _part(kind: str, language: Language, facts: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body in one language: the first line of a template is its subject."""
    template = ENVIRONMENTS[language].get_template(f"{kind}.{language}.txt.jinja")
    subject, _, body = template.render(facts).strip().partition("\n")
    paragraphs = [chunk.strip() for chunk in body.split("\n\n")]
    return subject.strip(), "\n\n".join(chunk for chunk in paragraphs if chunk)


def _blocks(body: str) -> list[tuple[bool, list[str]]]:
    """Runs of lines for the html: (True, items) or (False, paragraphs)."""
    blocks: list[tuple[bool, list[str]]] = []
    for line in filter(None, body.split("\n")):
        item = line.startswith(BULLET)
        if not blocks or blocks[-1][0] is not item:
            blocks.append((item, []))
        blocks[-1][1].append(line.removeprefix(BULLET))
    return blocks
