"""The message that events were made of, told once more from what they kept of it.

What an event did not keep of its message decided nothing: the account and the commitment of a filing that was
not accepted, the amount and the source of a transfer that was refused. Those are filled with a fixed value.
"""

from collections.abc import Sequence
from functools import singledispatch
from itertools import takewhile

from claims import events as e
from claims.commands import messages as m
from claims.events.facts import JobSearchEffort
from claims.state.claim import Claim
from law.grounds import Ground

NOT_KEPT = "0"
NOT_KEPT_SHA256 = NOT_KEPT * 64


def message_of(events: Sequence[e.Event], claim: Claim) -> m.Message | None:
    """The message of events that one message made of a claim; None where they are no message's."""
    match events[0]:
        case e.JobApplicationRecorded() | e.InterviewCallRecorded():
            return m.RecordJobSearch(efforts=_efforts(events))
        case e.DeadlineMoved(calendar_version=version):
            return m.MoveDeadlines(calendar_version=version, moved=_moved(events))
        case e.LayoffReported() | e.LayoffCorrected() | e.PersonDataDiffers():
            return _report(events, claim)
        case e.ClaimReinstated() if len(events) > 1:
            return _told(events[1], claim)
    return _told(events[0], claim)


def _report(events: Sequence[e.Event], claim: Claim) -> m.Message:
    """A report of a layoff, with what it said otherwise of its person; one repeated says only that."""
    reports = [each for each in events if isinstance(each, e.LayoffReported | e.LayoffCorrected)]
    differs = [each for each in events if isinstance(each, e.PersonDataDiffers)]
    reported_by = (reports or differs)[0].reported_by
    layoff = reports[0].layoff if reports else claim.reports[reported_by]
    found = [m.PersonDifference(version=each.version, fields=each.fields) for each in differs]
    return m.ReportLayoff(layoff=layoff, reported_by=reported_by, differs=next(iter(found), None))


def _efforts(events: Sequence[e.Event]) -> tuple[JobSearchEffort, ...]:
    kinds = (e.JobApplicationRecorded, e.InterviewCallRecorded)
    told = takewhile(lambda event: isinstance(event, kinds), events)
    return tuple(event.effort for event in told if isinstance(event, kinds))


def _moved(events: Sequence[e.Event]) -> tuple[m.MovedDeadline, ...]:
    return tuple(
        m.MovedDeadline(
            what=each.what,
            month=each.month,
            owner=each.owner,
            edge=each.edge,
            was=each.was,
            now=each.now,
            kept=each.kept,
            article=each.article,
        )
        for each in events
        if isinstance(each, e.DeadlineMoved)
    )


@singledispatch
def _told(event: object, claim: Claim) -> m.Message | None:
    """Events that follow by themselves have no message."""
    return None


@_told.register
def _(event: e.PersonDataDecided, claim: Claim) -> m.Message:
    return m.DecidePersonData(version=event.version, adopts=event.adopts, reason=event.reason)


@_told.register
def _(event: e.EmailChangeAsked, claim: Claim) -> m.Message:
    return m.ChangeEmail(version=event.version)


@_told.register
def _(event: e.EmailChangeEnded, claim: Claim) -> m.Message:
    return m.EndEmailChange(version=event.version, in_force=event.in_force)


@_told.register
def _(event: e.LetterGivenUp, claim: Claim) -> m.Message:
    return m.GiveUpLetter(letter=event.letter, month=event.month, reason=event.reason)


@_told.register
def _(event: e.LayoffWithdrawn, claim: Claim) -> m.Message:
    return m.WithdrawLayoff(reported_by=event.reported_by)


@_told.register
def _(event: e.ClaimFiled, claim: Claim) -> m.Message:
    return m.FileClaim(
        participant=event.participant,
        account_version=event.account_version,
        commitment_version=event.commitment_version,
        commitment_sha256=event.commitment_sha256,
    )


@_told.register
def _(event: e.FilingNotAccepted, claim: Claim) -> m.Message:
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    unsigned = event.verdict.ground is Ground.COMMITMENT_MISSING
    return m.FileClaim(
        participant=claim.layoff.participant,
        account_version=0,
        commitment_version=None if unsigned else NOT_KEPT,
        commitment_sha256=None if unsigned else NOT_KEPT_SHA256,
    )


@_told.register
def _(event: e.ContributionRecordReceived, claim: Claim) -> m.Message:
    return m.RecordContributions(record=event.record)


@_told.register
def _(event: e.OfficerDecided, claim: Claim) -> m.Message:
    return m.DecideByOfficer(
        approves=event.approves, reason=event.reason, question=event.question, payer=event.payer
    )


@_told.register
def _(event: e.QuestionAsked, claim: Claim) -> m.Message | None:
    """The question that an officer's request for documents makes; every other one follows from facts."""
    return m.AskForDocuments(documents=event.documents) if event.documents else None


@_told.register
def _(event: e.DocumentsNotAsked, claim: Claim) -> m.Message:
    return m.AskForDocuments(documents=event.documents)


@_told.register
def _(event: e.QuestionAnswered, claim: Claim) -> m.Message:
    return m.AnswerQuestion(question=event.question, statement=event.statement, reference=event.reference)


@_told.register
def _(event: e.ObjectionReceived, claim: Claim) -> m.Message:
    return m.ObjectToDecision(what=event.what, month=event.month, reference=event.reference)


@_told.register
def _(event: e.DecisionReviewed, claim: Claim) -> m.Message:
    return m.PutRight(
        what=event.what, month=event.month, reason=event.reason, founded=event.founded, payer=event.payer
    )


@_told.register
def _(event: e.RecordRequested, claim: Claim) -> m.Message:
    return m.RequestRecord(reason=event.reason)


@_told.register
def _(event: e.SelfAssessmentCompleted, claim: Claim) -> m.Message:
    return m.CompleteSelfAssessment(form_version=event.form_version, completed_on=event.completed_on)


@_told.register
def _(event: e.EffortWithdrawn, claim: Claim) -> m.Message:
    return m.WithdrawEffort(reference=event.reference)


@_told.register
def _(event: e.CounsellingAttended, claim: Claim) -> m.Message:
    return m.AttendCounselling(
        attended_on=event.attended_on, office=event.office, recommendation=event.recommendation
    )


@_told.register
def _(event: e.TrainingAttended, claim: Claim) -> m.Message:
    return m.AttendTraining(
        provider=event.provider,
        course=event.course,
        recommendation=event.recommendation,
        sessions=event.sessions,
    )


@_told.register
def _(event: e.MonthCertified, claim: Claim) -> m.Message:
    return m.CertifyMonth(month=event.month, without_work=True, status_form=event.status_form)


@_told.register
def _(event: e.MessageRefused, claim: Claim) -> m.Message:
    return m.RefusedMessage(name=event.name, ground=event.ground, content_sha256=event.content_sha256)


@_told.register
def _(event: e.EmployerPaid, claim: Claim) -> m.Message:
    return m.RecordEmployerPayment(
        month=event.month, amount_idr=event.amount_idr, paid_on=event.paid_on, reference=event.reference
    )


@_told.register
def _(event: e.ReimbursementAsked, claim: Claim) -> m.Message:
    return m.AskReimbursement(reference=event.reference, arrears_settled_on=event.arrears_settled_on)


@_told.register
def _(event: e.EmployerOwes, claim: Claim) -> m.Message:
    return m.FindTrueWage(true_wage_idr=event.true_wage_idr, reference=event.reference)


@_told.register
def _(event: e.BankAccountChanged, claim: Claim) -> m.Message:
    return m.ChangeAccount(account_version=event.account_version)


@_told.register
def _(event: e.Reemployed, claim: Claim) -> m.Message:
    return m.ReportReemployment(since=event.since, work=event.work)


@_told.register
def _(event: e.Deceased, claim: Claim) -> m.Message:
    return m.ReportDeath(died_on=event.died_on)


@_told.register
def _(event: e.ClaimWithdrawn, claim: Claim) -> m.Message:
    return m.WithdrawClaim(reason=event.reason)


@_told.register
def _(event: e.PaymentSent, claim: Claim) -> m.Message:
    return m.RecordTransfer(
        order_id=event.order_id,
        outcome="open",
        amount_idr=0,
        ground=Ground.COUNTS,
        bank_code=NOT_KEPT,
        found_by="answer",
    )


@_told.register
def _(event: e.PaymentSettled, claim: Claim) -> m.Message:
    return m.RecordTransfer(
        order_id=event.order_id,
        outcome="settled",
        amount_idr=event.amount_idr,
        ground=Ground.COUNTS,
        bank_code=NOT_KEPT,
        found_by=event.found_by,
    )


@_told.register
def _(event: e.PaymentFailed, claim: Claim) -> m.Message:
    return m.RecordTransfer(
        order_id=event.order_id,
        outcome="refused",
        amount_idr=0,
        ground=event.ground,
        bank_code=event.bank_code,
        found_by="answer",
    )


@_told.register
def _(event: e.PaymentReturned, claim: Claim) -> m.Message:
    return m.RecordTransfer(
        order_id=event.order_id,
        outcome="returned",
        amount_idr=event.amount_idr,
        ground=Ground.COUNTS,
        bank_code=NOT_KEPT,
        found_by="statement",
    )
