"""What a claim can be told, a law case can say: every kind of message, and every field of what is stated."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from claims.commands import command as cmd
from claims.events import facts
from lawcases.files.reading import read_paths
from lawcases.format.cases import ClaimCase
from lawcases.lives.running import lived

FOUND = read_paths([Path(__file__).parents[1] / "claims" / "law"])
CLAIMS = [found.case for found in FOUND if isinstance(found.case, ClaimCase)]
# How a claimant is reached decides nothing of a claim.
REACHING = {"ChangeEmail", "DecidePersonData", "EndEmailChange", "GiveUpLetter"}
KINDS: tuple[type[BaseModel], ...] = tuple(
    kind for kind in get_args(get_args(cmd.Command)[0]) if kind.__name__ not in REACHING
)
FACTS = [
    value
    for value in vars(facts).values()
    if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == facts.__name__
]

NOBODY_LOOKS = "kept and shown; no decision looks at it"
WHO = "a case is about one person, who needs no name"
REFERENCE = "a reference to papers, which a case has none of"
CALENDAR = "follows from the calendars of the case: `calendar_change` says which days"
THE_KIND = "names the kind; there is one"
# Fields of which every case says the same, and why that is enough.
NOT_SAID: Mapping[str, str] = {
    "Participant.participant_id": WHO,
    "Participant.version": WHO,
    "Layoff.participant": WHO,
    "FileClaim.participant": WHO,
    "ReportLayoff.differs": "how a claimant is reached decides nothing of a claim",
    "Layoff.employer_name": NOBODY_LOOKS,
    "Layoff.province": NOBODY_LOOKS,
    "Layoff.regency": NOBODY_LOOKS,
    "Layoff.sex": "counted in statistics only",
    "ContributionRecord.source": NOBODY_LOOKS,
    "ContributionRecord.record_id": NOBODY_LOOKS,
    "ContributionRecord.age_band": "counted in statistics only",
    "JobSearchEffort.position": NOBODY_LOOKS,
    "CompleteSelfAssessment.form_version": NOBODY_LOOKS,
    "AttendCounselling.office": NOBODY_LOOKS,
    "AttendCounselling.recommendation": NOBODY_LOOKS,
    "AttendTraining.recommendation": NOBODY_LOOKS,
    "CertifyMonth.without_work": "an application that does not state it is none",
    "WithdrawClaim.reason": NOBODY_LOOKS,
    "DecideByOfficer.reason": NOBODY_LOOKS,
    "AnswerQuestion.reference": REFERENCE,
    "ObjectToDecision.reference": REFERENCE,
    "PutRight.reason": NOBODY_LOOKS,
    "RequestRecord.reason": NOBODY_LOOKS,
    "RecordEmployerPayment.reference": REFERENCE,
    "AskReimbursement.reference": REFERENCE,
    "FindTrueWage.reference": REFERENCE,
    "MoveDeadlines.calendar_version": CALENDAR,
    "RecordTransfer.bank_code": NOBODY_LOOKS,
    "RefusedMessage.name": "its ground is what counts",
    "RefusedMessage.content_sha256": "its ground is what counts",
}
# Said by one value alone, which the code of the kind fixes.
FIXED = ("kind",)


def parts(said: BaseModel) -> Iterator[BaseModel]:
    """A message and every stated part inside it."""
    yield said
    for name in type(said).model_fields:
        value = getattr(said, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from parts(inner)


def values_said() -> Mapping[str, set[str]]:
    """Field by field every value that the claims of the pack state."""
    said: dict[str, set[str]] = defaultdict(set)
    for case in CLAIMS:
        for message in lived(case)[0].heard:
            for part in parts(message):
                for name in type(part).model_fields:
                    said[f"{type(part).__name__}.{name}"].add(repr(getattr(part, name)))
    return said


SAID = values_said()


def test_every_kind_of_message_is_said_in_some_case() -> None:
    said = {name.partition(".")[0] for name in SAID}

    assert {kind.__name__ for kind in KINDS} - said == set()


def test_every_field_of_a_message_and_of_a_fact_is_said_in_two_ways_or_has_its_reason() -> None:
    fields = {
        f"{part.__name__}.{name}"
        for part in (*KINDS, *FACTS)
        for name in part.model_fields
        if name not in FIXED
    }
    said_in_one_way = {name for name in fields if len(SAID[name]) < 2}

    assert said_in_one_way == NOT_SAID.keys()
