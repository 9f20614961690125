"""Everything that can have happened to a claim, in the order a claim meets it: one module for each subject.

What is stored of an event never changes: type names are literals, a new shape is a new type with an
upcaster, a new meaning is a new event. `recorded_at`, `effective_at`, actor and causing message stand in the
envelope of the store, not here.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from claims.events.benefit import (
    BenefitAuthorized,
    BenefitEvent,
    DeadlineMoved,
    Edge,
    EmployerEvent,
    EmployerOwes,
    EmployerPaid,
    MonthAdjusted,
    MonthForfeited,
    MonthReinstated,
    MonthTakenOver,
    MovedDeadline,
    PayerRedetermined,
    ReceivableFound,
    ReimbursementAsked,
    WageRedetermined,
)
from claims.events.contact import (
    ContactEvent,
    EmailChangeAsked,
    EmailChangeEnded,
    LetterGivenUp,
    PersonDataDecided,
    PersonDataDiffers,
    PersonField,
)
from claims.events.decision import (
    Because,
    ClaimApproved,
    ClaimDenied,
    ClaimReconsidered,
    ClaimReferred,
    ContributionRecordReceived,
    DecisionEvent,
    OfficerDecided,
    Outcome,
    Payer,
    RecordRequested,
)
from claims.events.ending import (
    BenefitCeased,
    ClaimExhausted,
    ClaimLapsed,
    ClaimReinstated,
    ClaimWithdrawn,
    Deceased,
    EndingEvent,
    Reemployed,
    Work,
)
from claims.events.evidence import (
    CounsellingAttended,
    EffortWithdrawn,
    EvidenceEvent,
    InterviewCallRecorded,
    JobApplicationRecorded,
    MessageRefused,
    MonthCertified,
    SelfAssessmentCompleted,
    TrainingAttended,
)
from claims.events.layoff import (
    ClaimFiled,
    FilingNotAccepted,
    LayoffCorrected,
    LayoffEvent,
    LayoffReported,
    LayoffWithdrawn,
    Party,
)
from claims.events.objection import (
    BenefitResumed,
    DecisionReviewed,
    Objected,
    ObjectedMonth,
    ObjectionEvent,
    ObjectionReceived,
    ReceivableDropped,
)
from claims.events.payment import (
    BankAccountChanged,
    PaymentCancelled,
    PaymentEvent,
    PaymentFailed,
    PaymentOrdered,
    PaymentReturned,
    PaymentSent,
    PaymentSettled,
)
from claims.events.question import (
    Document,
    DocumentsNotAsked,
    QuestionAnswered,
    QuestionAsked,
    QuestionDecided,
    QuestionEvent,
    Statement,
)
from law.limits import stored

__all__ = [
    "EVENT",
    "BankAccountChanged",
    "Because",
    "BenefitAuthorized",
    "BenefitCeased",
    "BenefitEvent",
    "BenefitResumed",
    "ClaimApproved",
    "ClaimDenied",
    "ClaimExhausted",
    "ClaimFiled",
    "ClaimLapsed",
    "ClaimReconsidered",
    "ClaimReferred",
    "ClaimReinstated",
    "ClaimWithdrawn",
    "ContactEvent",
    "ContributionRecordReceived",
    "CounsellingAttended",
    "DeadlineMoved",
    "Deceased",
    "DecisionEvent",
    "DecisionReviewed",
    "Document",
    "DocumentsNotAsked",
    "Edge",
    "EffortWithdrawn",
    "EmailChangeAsked",
    "EmailChangeEnded",
    "EmployerEvent",
    "EmployerOwes",
    "EmployerPaid",
    "EndingEvent",
    "Event",
    "EventUnreadable",
    "EvidenceEvent",
    "FilingNotAccepted",
    "InterviewCallRecorded",
    "JobApplicationRecorded",
    "LayoffCorrected",
    "LayoffEvent",
    "LayoffReported",
    "LayoffWithdrawn",
    "LetterGivenUp",
    "MessageRefused",
    "MonthAdjusted",
    "MonthCertified",
    "MonthForfeited",
    "MonthReinstated",
    "MonthTakenOver",
    "MovedDeadline",
    "Objected",
    "ObjectedMonth",
    "ObjectionEvent",
    "ObjectionReceived",
    "OfficerDecided",
    "Outcome",
    "Party",
    "Payer",
    "PayerRedetermined",
    "PaymentCancelled",
    "PaymentEvent",
    "PaymentFailed",
    "PaymentOrdered",
    "PaymentReturned",
    "PaymentSent",
    "PaymentSettled",
    "PersonDataDecided",
    "PersonDataDiffers",
    "PersonField",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionDecided",
    "QuestionEvent",
    "ReceivableDropped",
    "ReceivableFound",
    "RecordRequested",
    "Reemployed",
    "ReimbursementAsked",
    "SelfAssessmentCompleted",
    "Statement",
    "TrainingAttended",
    "WageRedetermined",
    "Work",
    "read_event",
]

Event = Annotated[
    LayoffEvent
    | DecisionEvent
    | EvidenceEvent
    | QuestionEvent
    | ObjectionEvent
    | BenefitEvent
    | PaymentEvent
    | EndingEvent
    | ContactEvent,
    Field(discriminator="type"),
]

EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class EventUnreadable(Exception):
    """An event of a type or with a field that this version does not know: a later version wrote it."""


def read_event(payload: bytes) -> Event:
    """An event as it was recorded, also where a limit that came later would refuse it now.

    Raises EventUnreadable, which does not quote it.
    """
    try:
        return EVENT.validate_json(payload, context=stored())
    except ValidationError:
        raise EventUnreadable("an event was written by a later version than this one") from None
