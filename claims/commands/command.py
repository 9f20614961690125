"""What can be said to a claim: one validated form for the HTTP API, the signals and the activities.

Each subject has a module. The canonical form of a message (sorted keys, no white space) is what idempotency
compares, so the same message by HTTP and by signal is one.
"""

import hashlib
import json
import re
from typing import Annotated

from pydantic import Field, TypeAdapter

from claims.commands.benefit import (
    AskReimbursement,
    BenefitMessage,
    FindTrueWage,
    MoveDeadlines,
    RecordEmployerPayment,
)
from claims.commands.contact import (
    ChangeEmail,
    ContactMessage,
    DecidePersonData,
    EndEmailChange,
    GiveUpLetter,
    PersonDifference,
)
from claims.commands.decision import (
    DecideByOfficer,
    DecisionMessage,
    RecordContributions,
    RequestRecord,
)
from claims.commands.ending import (
    EndingMessage,
    ReportDeath,
    ReportReemployment,
    WithdrawClaim,
)
from claims.commands.evidence import (
    AttendCounselling,
    AttendTraining,
    CertifyMonth,
    CompleteSelfAssessment,
    DirectEvidence,
    EvidenceMessage,
    RecordJobSearch,
    RefusedMessage,
    WithdrawEffort,
)
from claims.commands.layoff import (
    FileClaim,
    LayoffMessage,
    ReportLayoff,
    WithdrawLayoff,
)
from claims.commands.objection import (
    AboutADecision,
    ObjectionMessage,
    ObjectToDecision,
    PutRight,
)
from claims.commands.payment import (
    ChangeAccount,
    PaymentMessage,
    RecordTransfer,
)
from claims.commands.question import (
    AnswerQuestion,
    AskForDocuments,
    QuestionMessage,
)
from claims.events.facts import CODE_MAX, CODE_PATTERN

__all__ = [
    "COMMAND",
    "DIRECT_COMMAND",
    "AboutADecision",
    "AnswerQuestion",
    "AskForDocuments",
    "AskReimbursement",
    "AttendCounselling",
    "AttendTraining",
    "BenefitMessage",
    "CertifyMonth",
    "ChangeAccount",
    "ChangeEmail",
    "Command",
    "CompleteSelfAssessment",
    "ContactMessage",
    "DecideByOfficer",
    "DecidePersonData",
    "DecisionMessage",
    "DirectCommand",
    "EndEmailChange",
    "EndingMessage",
    "EvidenceMessage",
    "FileClaim",
    "FindTrueWage",
    "GiveUpLetter",
    "LayoffMessage",
    "MoveDeadlines",
    "ObjectToDecision",
    "ObjectionMessage",
    "PaymentMessage",
    "PersonDifference",
    "PutRight",
    "QuestionMessage",
    "RecordContributions",
    "RecordEmployerPayment",
    "RecordJobSearch",
    "RecordTransfer",
    "RefusedMessage",
    "ReportDeath",
    "ReportLayoff",
    "ReportReemployment",
    "RequestRecord",
    "WithdrawClaim",
    "WithdrawEffort",
    "WithdrawLayoff",
    "canonical",
    "content_hash",
    "received_from",
]

Command = Annotated[
    LayoffMessage
    | DecisionMessage
    | EvidenceMessage
    | QuestionMessage
    | ObjectionMessage
    | BenefitMessage
    | PaymentMessage
    | EndingMessage
    | ContactMessage,
    Field(discriminator="kind"),
]

COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

DirectCommand = Annotated[DirectEvidence | ReportReemployment | WithdrawClaim, Field(discriminator="kind")]

DIRECT_COMMAND: TypeAdapter[DirectCommand] = TypeAdapter(DirectCommand)


def received_from(message: Command, source: str) -> Command:
    """The message with the portal that says it, where a portal's own numbers stand in it.

    The hash of a message is taken before: who says it is part of its identity already.
    """
    match message:
        case RecordJobSearch(efforts=efforts):
            told_by = _portal(source)
            named = tuple(effort.model_copy(update={"told_by": told_by}) for effort in efforts)
            return message.model_copy(update={"efforts": named})
        case WithdrawEffort():
            return message.model_copy(update={"told_by": _portal(source)})
        case _:
            return message


def _portal(source: str) -> str:
    """A source as it is stored; one that is too long or oddly spelled stands as its hash."""
    if len(source) <= CODE_MAX and re.fullmatch(CODE_PATTERN, source):
        return source
    return f"sha256:{hashlib.sha256(source.encode()).hexdigest()[:40]}"


def canonical(content: object) -> bytes:
    """One spelling of a JSON value: sorted keys, no white space, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(message: Command) -> bytes:
    """SHA-256 over the canonical form of a validated message."""
    return hashlib.sha256(canonical(message.model_dump(mode="json"))).digest()
