"""What each letter needs that no notice calls for yet: the names that its templates use, and nothing else.

`letters.written` renders them from such facts; a kind is wired by giving it a NoticeKind and `told` its
facts. Instants are aware, amounts integer rupiah, articles citations as the rules write them. `deceased` says
whether the family is addressed; `months_held` are the benefit months whose payment waits for the answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict

from claims.reasons import Ground, Reason


class DocumentsMissing(TypedDict):
    """Dokumen belum lengkap: which (codes of claims.words.asked.DOCUMENTS), and until when to send them."""

    deceased: bool
    documents: tuple[str, ...]
    article: str
    answer_until: datetime
    months_held: tuple[int, ...]


class QuestionAsked(TypedDict):
    """Pertanyaan: what is doubted and by which article, the condition where there is one, time to answer."""

    deceased: bool
    ground: Ground
    article: str
    reason: Reason | None
    answer_until: datetime
    months_held: tuple[int, ...]


class QuestionDecided(TypedDict):
    """Pertanyaan diputuskan: for or against the claimant, and what becomes of the months that waited."""

    deceased: bool
    ground: Ground
    article: str
    in_favour: bool
    months_released: tuple[int, ...]
    months_lost: tuple[int, ...]


@dataclass(frozen=True)
class Changed:
    """A condition as it was decided on, and as it stands now."""

    was: Reason
    becomes: Reason


class ClaimReconsidered(TypedDict):
    """Klaim diperiksa kembali: after a later record or a corrected report, what changed and what follows."""

    deceased: bool
    cause: Literal["record", "report"]
    heard_at: datetime
    changes: tuple[Changed, ...]
    outcome: Literal["approved", "referred", "unchanged"]


class MonthAdjusted(TypedDict):
    """Manfaat dihitung kembali: back-pay of a month; `difference_idr` is `becomes_idr` less `was_idr`."""

    deceased: bool
    month: int
    was_idr: int
    becomes_idr: int
    difference_idr: int
    article: str
    pay_until: datetime


class ReceivableFound(TypedDict):
    """Kelebihan bayar: more was paid than is owed; nothing is demanded before a person has decided."""

    deceased: bool
    month: int
    amount_idr: int
    ground: Ground
    article: str
    answer_until: datetime


class EmployerPays(TypedDict):
    """Perusahaan membayar lebih dahulu: why (the condition of the arrears), how much, and who supervises."""

    deceased: bool
    employer: str
    reason: Reason
    amount_idr: int
    months: int
    inspection_article: str


class DeadlineMoved(TypedDict):
    """Batas waktu berubah with the public holidays: what (codes of claims.deadlines), from when, to when.

    `month` is 0 where it is about none; `yours` says whether the claimant has to act by then.
    """

    deceased: bool
    what: str
    month: int
    was: datetime
    becomes: datetime
    article: str
    yours: bool


class DutyOpen(TypedDict):
    """Kewajiban belum selesai: the self-assessment, on which no payment depends."""

    deceased: bool
    article: str


COMING: Mapping[str, type] = {
    "documents_missing": DocumentsMissing,
    "question_asked": QuestionAsked,
    "question_decided": QuestionDecided,
    "claim_reconsidered": ClaimReconsidered,
    "month_adjusted": MonthAdjusted,
    "receivable_found": ReceivableFound,
    "employer_pays": EmployerPays,
    "deadline_moved": DeadlineMoved,
    "duty_open": DutyOpen,
}
