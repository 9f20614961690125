"""Questions: something was found that could cost the claimant, who is asked before a person decides."""

from typing import Literal

from pydantic import Field

from claims.events.facts import Code, MonthNumber, MonthOrNone, ShortText
from law.grounds import Frozen, Ground, Reason, Verdict
from law.limits import Count, DerivedDay, DerivedInstant, Phrase, Truth

Statement = Literal["agrees", "disagrees", "sends_documents"]
Document = Literal[
    "proof_of_layoff",
    "contract",
    "settlement",
    "court_ruling",
    "wage_slip",
    "bank_account",
    "identity_card",
    "training_attendance",
    "civil_record",
]


class QuestionAsked(Frozen):
    """Permintaan keterangan: what was found, which months wait for it, until when one may answer.

    `last_month_owed` is what would be left of the benefit if the finding stands; `documents` are those asked
    for, if any.
    """

    type: Literal["question_asked"] = "question_asked"
    question: Count
    ground: Ground
    article: Phrase
    months: tuple[MonthNumber, ...]
    last_month_owed: MonthOrNone
    answer_until: DerivedInstant
    reasons: tuple[Reason, ...]
    documents: tuple[Document, ...] = Field(default=(), exclude_if=lambda documents: not documents)


class DocumentsNotAsked(Frozen):
    """Permintaan dokumen tidak diteruskan: nobody decides the claim, so that nothing is asked for."""

    type: Literal["documents_not_asked"] = "documents_not_asked"
    documents: tuple[Document, ...]
    verdict: Verdict


class QuestionAnswered(Frozen):
    """Keterangan diberikan: what the claimant says, and where the documents lie."""

    type: Literal["question_answered"] = "question_answered"
    question: Count
    statement: Statement
    reference: Code
    verdict: Verdict


class QuestionDecided(Frozen):
    """Keterangan diputuskan: a person found it founded or not; the envelope names the officer.

    `catch_up_from` is the day from which months that waited for an unfounded question may be applied for.
    """

    type: Literal["question_decided"] = "question_decided"
    question: Count
    ground: Ground
    founded: Truth
    reason: ShortText
    catch_up_from: DerivedDay | None = Field(default=None, exclude_if=lambda day: day is None)


QuestionEvent = DocumentsNotAsked | QuestionAsked | QuestionAnswered | QuestionDecided
