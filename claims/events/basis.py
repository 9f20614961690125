"""On what an adverse decision rests: an article and facts on record, or a notice, time and a person.

Refusing, stopping, forfeiting and marking a debt all carry a basis. There is no third kind: a machine that
finds anything else has to ask.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, cast, get_args

from pydantic import Field

from law.grounds import Frozen, Ground
from law.limits import Count, DerivedInstant, Phrase, Truth

CountedGround = Literal[
    Ground.TOO_FEW_CONTRIBUTION_MONTHS,
    Ground.TOO_FEW_CONSECUTIVE_MONTHS,
    Ground.TOO_SOON_AFTER_LAST_BENEFIT,
]
FactGround = Literal[
    Ground.NOT_A_CITIZEN,
    Ground.TOO_OLD_AT_REGISTRATION,
    Ground.PROGRAMMES_INCOMPLETE,
    Ground.NO_HEALTH_INSURANCE,
    Ground.EXCLUDED_SEPARATION,
    Ground.CONTRACT_EXPIRED,
    Ground.TOO_MANY_CLAIMS,
    Ground.FILED_TOO_LATE,
    Ground.NOT_FILED_IN_TIME,
    Ground.NOT_CERTIFIED_IN_TIME,
    Ground.STATUS_FORM_MISSING,
    Ground.SELF_ASSESSMENT_MISSING,
    Ground.JOB_SEARCH_INSUFFICIENT,
    Ground.ATTENDANCE_INSUFFICIENT,
    Ground.COUNSELLING_MISSING,
    Ground.REEMPLOYED,
    Ground.DECEASED,
    Ground.WITHDRAWN_BY_CLAIMANT,
    Ground.LAYOFF_WITHDRAWN,
]
StatutoryGround = Literal[CountedGround, FactGround]

_FOLLOWING: frozenset[Ground] = frozenset(get_args(StatutoryGround))


@dataclass(frozen=True)
class OnRecord:
    """A fact on record by which a condition is plainly not met: a machine may refuse."""

    ground: FactGround


@dataclass(frozen=True)
class Shortfall:
    """Months that are too few even if every one counted that is owed or not told of: a machine may refuse."""

    ground: CountedGround
    at_most: int
    needed: int

    def __post_init__(self) -> None:
        """Silence and what an employer owes refuse nobody (record 29)."""
        assert self.at_most < self.needed, "months that are owed or not told of might be enough"


@dataclass(frozen=True)
class Uninsured:
    """What is missing for being insured on a day; by itself it refuses no claim.

    See claims/entitlement/participation.py.
    """

    ground: Literal[Ground.NOT_EMPLOYED, Ground.NOT_REGISTERED]


@dataclass(frozen=True)
class ManualReview:
    """What no machine refuses on: silence, a debt of the employer, a contradiction, discretion."""

    ground: Ground


Failing = OnRecord | Shortfall | Uninsured | ManualReview


class Statutory(Frozen):
    """It follows from an article on facts on record, so that a machine may say it."""

    kind: Literal["statutory"] = "statutory"
    ground: StatutoryGround
    article: Phrase


class NobodyFiled(Statutory):
    """What a right lapses on (Pasal 40(a)): nothing else that refuses a claim ends the right to file it."""

    ground: Literal[Ground.NOT_FILED_IN_TIME]


class RightEnded(Statutory):
    """What ends a benefit that was granted (Pasal 40(b), (c)): no machine finds that it was never due."""

    ground: Literal[Ground.REEMPLOYED, Ground.DECEASED]


EndGround = Literal[Ground.REEMPLOYED, Ground.DECEASED, Ground.WITHDRAWN_BY_CLAIMANT, Ground.LAYOFF_WITHDRAWN]


class NothingOwed(Statutory):
    """What cancels an order without a person: the end of the right, or the word of who reported or filed."""

    ground: EndGround


MonthGround = Literal[
    Ground.NOT_CERTIFIED_IN_TIME,
    Ground.SELF_ASSESSMENT_MISSING,
    Ground.JOB_SEARCH_INSUFFICIENT,
    Ground.ATTENDANCE_INSUFFICIENT,
    Ground.COUNSELLING_MISSING,
    Ground.STATUS_FORM_MISSING,
]


class MonthNotMet(Statutory):
    """What a month is lost on (Pasal 13): what its claimant was asked for in it and did not do."""

    ground: MonthGround


class Heard(Frozen):
    """A notice went out, time to answer was given, and a person decided; the envelope names the officer.

    `question` is the number of the question in the claim; 0 is the referral of the claim itself.
    """

    kind: Literal["heard"] = "heard"
    question: Count
    answer_until: DerivedInstant
    answered: Truth


class Unstated(Frozen):
    """Recorded before bases were kept; what it rests on stands in its ground, article and actor."""

    kind: Literal["unstated"] = "unstated"


@dataclass(frozen=True)
class Upheld:
    """What a person found to be so once the claimant was heard: its ground and its article."""

    heard: Heard
    ground: Ground
    article: str


Basis = Statutory | Heard
Cause = Statutory | Upheld
StoredBasis = Annotated[Statutory | Heard | Unstated, Field(discriminator="kind")]


def month_not_met(ground: Ground, article: str) -> MonthNotMet | None:
    """The basis on which a month is lost; None where no machine may say so."""
    if ground not in get_args(MonthGround):
        return None
    return MonthNotMet(ground=cast(MonthGround, ground), article=article)


def nothing_owed(ground: Ground, article: str) -> NothingOwed | None:
    """The basis on which an order is cancelled; None where no machine may say so."""
    if ground not in get_args(EndGround):
        return None
    return NothingOwed(ground=cast(EndGround, ground), article=article)


def follows(ground: Ground, article: str) -> Statutory | None:
    """The basis of a ground under which it follows from facts on record; None where a person is needed."""
    if ground not in _FOLLOWING:
        return None
    return Statutory(ground=cast(StatutoryGround, ground), article=article)
