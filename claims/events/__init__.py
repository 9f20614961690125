"""Everything that can have happened to a claim, in the order a claim meets it.

What is stored of an event never changes: type names are literals, a new shape is a new type with an
upcaster, a new meaning is a new event. `recorded_at`, `effective_at`, actor and causing message stand in the
envelope of the store, not here.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from claims.events.benefit import (
    BenefitAuthorized,
    DeadlineMoved,
    Edge,
    EmployerOwes,
    EmployerPaid,
    MonthAdjusted,
    MonthForfeited,
    MonthReinstated,
    MonthTakenOver,
    PayerRedetermined,
    ReceivableFound,
    ReimbursementAsked,
    WageRedetermined,
)
from claims.events.contact import (
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
    Reemployed,
    Work,
)
from claims.events.evidence import (
    CounsellingAttended,
    EffortWithdrawn,
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
    LayoffReported,
    LayoffWithdrawn,
    Party,
)
from claims.events.objection import (
    BenefitResumed,
    DecisionReviewed,
    Objected,
    ObjectedMonth,
    ObjectionReceived,
    ReceivableDropped,
)
from claims.events.payment import (
    BankAccountChanged,
    PaymentCancelled,
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
    Statement,
)
from law.limits import stored

__all__ = [
    "EVENT",
    "BankAccountChanged",
    "Because",
    "BenefitAuthorized",
    "BenefitCeased",
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
    "ContributionRecordReceived",
    "CounsellingAttended",
    "DeadlineMoved",
    "Deceased",
    "DecisionReviewed",
    "Document",
    "DocumentsNotAsked",
    "Edge",
    "EffortWithdrawn",
    "EmailChangeAsked",
    "EmailChangeEnded",
    "EmployerOwes",
    "EmployerPaid",
    "Event",
    "EventUnreadable",
    "FilingNotAccepted",
    "InterviewCallRecorded",
    "JobApplicationRecorded",
    "LayoffCorrected",
    "LayoffReported",
    "LayoffWithdrawn",
    "LetterGivenUp",
    "MessageRefused",
    "MonthAdjusted",
    "MonthCertified",
    "MonthForfeited",
    "MonthReinstated",
    "MonthTakenOver",
    "Objected",
    "ObjectedMonth",
    "ObjectionReceived",
    "OfficerDecided",
    "Outcome",
    "Party",
    "Payer",
    "PayerRedetermined",
    "PaymentCancelled",
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
    LayoffReported
    | LayoffCorrected
    | LayoffWithdrawn
    | ClaimFiled
    | FilingNotAccepted
    | ContributionRecordReceived
    | ClaimApproved
    | ClaimDenied
    | ClaimReferred
    | OfficerDecided
    | RecordRequested
    | ClaimReconsidered
    | SelfAssessmentCompleted
    | JobApplicationRecorded
    | InterviewCallRecorded
    | CounsellingAttended
    | TrainingAttended
    | MonthCertified
    | MessageRefused
    | EffortWithdrawn
    | DocumentsNotAsked
    | QuestionAsked
    | QuestionAnswered
    | QuestionDecided
    | ObjectionReceived
    | DecisionReviewed
    | BenefitResumed
    | ReceivableDropped
    | BenefitAuthorized
    | MonthForfeited
    | MonthReinstated
    | WageRedetermined
    | MonthAdjusted
    | PayerRedetermined
    | ReceivableFound
    | EmployerPaid
    | ReimbursementAsked
    | EmployerOwes
    | DeadlineMoved
    | PaymentOrdered
    | PaymentSent
    | PaymentCancelled
    | PaymentSettled
    | PaymentFailed
    | PaymentReturned
    | BankAccountChanged
    | Reemployed
    | Deceased
    | BenefitCeased
    | ClaimLapsed
    | ClaimReinstated
    | ClaimExhausted
    | ClaimWithdrawn
    | PersonDataDiffers
    | PersonDataDecided
    | EmailChangeAsked
    | EmailChangeEnded
    | LetterGivenUp,
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
