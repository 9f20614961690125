"""The message that events were made of, told once more from what they kept of it.

What an event did not keep of its message decided nothing: the account and the commitment of a filing that was
not accepted, the amount and the source of a transfer that was refused. Those are filled with a fixed value.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, assert_never
from uuid import UUID

from claims import events as e
from claims.commands import command as cmd
from claims.events.facts import JobSearchEffort
from claims.state.claim import Claim
from law.grounds import Ground

NOT_KEPT = "0"
NOT_KEPT_SHA256 = NOT_KEPT * 64


def message_of(events: Sequence[e.Event], claim: Claim) -> cmd.Command | None:
    """The message of events that one message made of a claim; None where they are no message's."""
    event = events[0]
    if isinstance(event, e.ClaimReinstated) and len(events) > 1:
        return message_of(events[1:], claim)
    return _reconstructed(event, events, claim)


def _reconstructed(event: e.Event, events: Sequence[e.Event], claim: Claim) -> cmd.Command | None:
    """By the subject of the first event; those that follow by themselves have no message."""
    if isinstance(event, e.LayoffEvent):
        return _of_layoff(event, events, claim)
    if isinstance(event, e.DecisionEvent):
        return _of_decision(event)
    if isinstance(event, e.EvidenceEvent):
        return _of_evidence(event, events)
    if isinstance(event, e.QuestionEvent):
        return _of_question(event)
    if isinstance(event, e.ObjectionEvent):
        return _of_objection(event)
    if isinstance(event, e.BenefitEvent):
        return _of_benefit(event, events)
    if isinstance(event, e.PaymentEvent):
        return _of_payment(event)
    if isinstance(event, e.EndingEvent):
        return _of_ending(event)
    if isinstance(event, e.ContactEvent):
        return _of_contact(event, events, claim)
    assert_never(event)


def _of_layoff(event: e.LayoffEvent, events: Sequence[e.Event], claim: Claim) -> cmd.Command:
    match event:
        case e.LayoffReported() | e.LayoffCorrected():
            return _report(events, claim)
        case e.LayoffWithdrawn():
            return cmd.WithdrawLayoff(reported_by=event.reported_by)
        case e.ClaimFiled():
            return cmd.FileClaim(
                participant=event.participant,
                account_version=event.account_version,
                commitment_version=event.commitment_version,
                commitment_sha256=event.commitment_sha256,
            )
        case e.FilingNotAccepted():
            return _not_accepted(event, claim)
        case _:
            assert_never(event)


def _not_accepted(event: e.FilingNotAccepted, claim: Claim) -> cmd.FileClaim:
    assert claim.layoff is not None, "a claim stream begins with a layoff"
    unsigned = event.verdict.ground is Ground.COMMITMENT_MISSING
    return cmd.FileClaim(
        participant=claim.layoff.participant,
        account_version=0,
        commitment_version=None if unsigned else NOT_KEPT,
        commitment_sha256=None if unsigned else NOT_KEPT_SHA256,
    )


def _report(events: Sequence[e.Event], claim: Claim) -> cmd.Command:
    """A report of a layoff, with what it said otherwise of its person; one repeated says only that."""
    reports = [each for each in events if isinstance(each, e.LayoffReported | e.LayoffCorrected)]
    differs = [each for each in events if isinstance(each, e.PersonDataDiffers)]
    reported_by = (reports or differs)[0].reported_by
    layoff = reports[0].layoff if reports else claim.reports[reported_by]
    found = [cmd.PersonDifference(version=each.version, fields=each.fields) for each in differs]
    return cmd.ReportLayoff(layoff=layoff, reported_by=reported_by, differs=next(iter(found), None))


def _of_decision(event: e.DecisionEvent) -> cmd.Command | None:
    match event:
        case e.ContributionRecordReceived():
            return cmd.RecordContributions(record=event.record)
        case e.RecordRequested():
            return cmd.RequestRecord(reason=event.reason)
        case e.OfficerDecided():
            return cmd.DecideByOfficer(
                approves=event.approves, reason=event.reason, question=event.question, payer=event.payer
            )
        case e.ClaimApproved() | e.ClaimDenied() | e.ClaimReferred() | e.ClaimReconsidered():
            return None
        case _:
            assert_never(event)


def _of_evidence(event: e.EvidenceEvent, events: Sequence[e.Event]) -> cmd.Command:
    match event:
        case e.SelfAssessmentCompleted():
            return cmd.CompleteSelfAssessment(
                form_version=event.form_version, completed_on=event.completed_on
            )
        case e.JobApplicationRecorded() | e.InterviewCallRecorded():
            return cmd.RecordJobSearch(efforts=_efforts(events))
        case e.EffortWithdrawn():
            return cmd.WithdrawEffort(reference=event.reference)
        case e.CounsellingAttended():
            return cmd.AttendCounselling(
                attended_on=event.attended_on, office=event.office, recommendation=event.recommendation
            )
        case e.TrainingAttended():
            return cmd.AttendTraining(
                provider=event.provider,
                course=event.course,
                recommendation=event.recommendation,
                sessions=event.sessions,
            )
        case e.MonthCertified():
            return cmd.CertifyMonth(month=event.month, without_work=True, status_form=event.status_form)
        case e.MessageRefused():
            return cmd.RefusedMessage(
                name=event.name, ground=event.ground, content_sha256=event.content_sha256
            )
        case _:
            assert_never(event)


def _efforts(events: Sequence[e.Event]) -> tuple[JobSearchEffort, ...]:
    kinds = (e.JobApplicationRecorded, e.InterviewCallRecorded)
    told = takewhile(lambda event: isinstance(event, kinds), events)
    return tuple(event.effort for event in told if isinstance(event, kinds))


def _of_question(event: e.QuestionEvent) -> cmd.Command | None:
    """An officer's request for documents makes a question; every other question follows from facts."""
    match event:
        case e.QuestionAsked():
            return cmd.AskForDocuments(documents=event.documents) if event.documents else None
        case e.DocumentsNotAsked():
            return cmd.AskForDocuments(documents=event.documents)
        case e.QuestionAnswered():
            return cmd.AnswerQuestion(
                question=event.question, statement=event.statement, reference=event.reference
            )
        case e.QuestionDecided():
            return None
        case _:
            assert_never(event)


def _of_objection(event: e.ObjectionEvent) -> cmd.Command | None:
    match event:
        case e.ObjectionReceived():
            return cmd.ObjectToDecision(what=event.what, month=event.month, reference=event.reference)
        case e.DecisionReviewed():
            return cmd.PutRight(
                what=event.what,
                month=event.month,
                reason=event.reason,
                founded=event.founded,
                payer=event.payer,
            )
        case e.BenefitResumed() | e.ReceivableDropped():
            return None
        case _:
            assert_never(event)


def _of_benefit(event: e.BenefitEvent, events: Sequence[e.Event]) -> cmd.Command | None:
    match event:
        case e.EmployerPaid():
            return cmd.RecordEmployerPayment(
                month=event.month,
                amount_idr=event.amount_idr,
                paid_on=event.paid_on,
                reference=event.reference,
            )
        case e.ReimbursementAsked():
            return cmd.AskReimbursement(
                reference=event.reference, arrears_settled_on=event.arrears_settled_on
            )
        case e.EmployerOwes():
            return cmd.FindTrueWage(true_wage_idr=event.true_wage_idr, reference=event.reference)
        case e.DeadlineMoved():
            return cmd.MoveDeadlines(calendar_version=event.calendar_version, moved=_moved(events))
        case e.BenefitAuthorized() | e.MonthForfeited() | e.MonthReinstated() | e.MonthAdjusted():
            return None
        case e.WageRedetermined() | e.PayerRedetermined() | e.ReceivableFound():
            return None
        case _:
            assert_never(event)


def _moved(events: Sequence[e.Event]) -> tuple[e.MovedDeadline, ...]:
    return tuple(each.date for each in events if isinstance(each, e.DeadlineMoved))


def _of_payment(event: e.PaymentEvent) -> cmd.Command | None:
    match event:
        case e.PaymentSent():
            return _transfer(event.order_id, "open")
        case e.PaymentSettled():
            return _transfer(event.order_id, "settled", event.amount_idr, found_by=event.found_by)
        case e.PaymentFailed():
            return _transfer(event.order_id, "refused", ground=event.ground, bank_code=event.bank_code)
        case e.PaymentReturned():
            return _transfer(event.order_id, "returned", event.amount_idr, found_by="statement")
        case e.BankAccountChanged():
            return cmd.ChangeAccount(account_version=event.account_version)
        case e.PaymentOrdered() | e.PaymentCancelled():
            return None
        case _:
            assert_never(event)


def _transfer(
    order_id: UUID,
    outcome: Literal["open", "settled", "refused", "returned"],
    amount_idr: int = 0,
    *,
    ground: Ground = Ground.COUNTS,
    bank_code: str = NOT_KEPT,
    found_by: Literal["answer", "inquiry", "statement"] = "answer",
) -> cmd.RecordTransfer:
    return cmd.RecordTransfer(
        order_id=order_id,
        outcome=outcome,
        amount_idr=amount_idr,
        ground=ground,
        bank_code=bank_code,
        found_by=found_by,
    )


def _of_ending(event: e.EndingEvent) -> cmd.Command | None:
    match event:
        case e.Reemployed():
            return cmd.ReportReemployment(since=event.since, work=event.work)
        case e.Deceased():
            return cmd.ReportDeath(died_on=event.died_on)
        case e.ClaimWithdrawn():
            return cmd.WithdrawClaim(reason=event.reason)
        case e.BenefitCeased() | e.ClaimLapsed() | e.ClaimReinstated() | e.ClaimExhausted():
            return None
        case _:
            assert_never(event)


def _of_contact(event: e.ContactEvent, events: Sequence[e.Event], claim: Claim) -> cmd.Command:
    match event:
        case e.PersonDataDiffers():
            return _report(events, claim)
        case e.PersonDataDecided():
            return cmd.DecidePersonData(version=event.version, adopts=event.adopts, reason=event.reason)
        case e.EmailChangeAsked():
            return cmd.ChangeEmail(version=event.version)
        case e.EmailChangeEnded():
            return cmd.EndEmailChange(version=event.version, in_force=event.in_force)
        case e.LetterGivenUp():
            return cmd.GiveUpLetter(letter=event.letter, month=event.month, reason=event.reason)
        case _:
            assert_never(event)
