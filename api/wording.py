"""One sentence for each event of a timeline; free text that a person wrote is not repeated."""

from collections.abc import Mapping

from claims import events as e
from claims.money import rupiah
from claims.reasons import Verdict

SENTENCES: Mapping[type, str] = {
    e.LayoffReported: "Layoff of {layoff.laid_off_on} reported by the {reported_by}.",
    e.LayoffCorrected: "Layoff of {layoff.laid_off_on} reported again by the {reported_by}.",
    e.LayoffWithdrawn: "Layoff report taken back by the {reported_by}.",
    e.ClaimFiled: "Claim filed on {filed_on} with the commitment signed.",
    e.FilingNotAccepted: "Filing of {filed_on} not accepted.",
    e.ContributionRecordReceived: "Contribution record received from BPJS Ketenagakerjaan.",
    e.ClaimApproved: "Claim approved; the reference date is {reference_date}.",
    e.ClaimDenied: "Claim denied: {ground} ({article}).",
    e.ClaimReferred: "Claim referred to an officer: {ground} ({article}).",
    e.OfficerDecided: "An officer decided.",
    e.SelfAssessmentCompleted: "Self-assessment completed on {completed_on}.",
    e.JobApplicationRecorded: "Job application of {effort.done_on} recorded.",
    e.InterviewCallRecorded: "Call to a test or interview of {effort.done_on} recorded.",
    e.CounsellingAttended: "Counselling attended on {attended_on}.",
    e.TrainingAttended: "Training attendance recorded for course {course}.",
    e.MonthCertified: "Month {month} applied for on {certified_on}.",
    e.BenefitAuthorized: "Month {month} authorized: {amount}.",
    e.MonthForfeited: "Month {month} forfeited: {ground} ({article}).",
    e.MonthReinstated: "Month {month} reinstated: the message had been received inside the window.",
    e.PaymentOrdered: "Payment of month {month} ordered, attempt {attempt}: {amount}.",
    e.PaymentSent: "Payment of month {month} sent; the outcome is open.",
    e.PaymentCancelled: "Payment of month {month} cancelled: {ground}.",
    e.PaymentSettled: "Month {month} paid: {amount}.",
    e.PaymentFailed: "Payment of month {month} failed: {ground}.",
    e.PaymentReturned: "Payment of month {month} returned by the bank: {amount}.",
    e.BankAccountChanged: "Bank account changed.",
    e.Reemployed: "In work again since {since}.",
    e.Deceased: "Participant deceased on {died_on}.",
    e.BenefitCeased: "Benefit ceased: {ground} ({article}); months up to {last_month_owed} stay owed.",
    e.ClaimLapsed: "Claim lapsed: {ground} ({article}).",
    e.ClaimReinstated: "Claim reinstated: the filing had been received inside the window.",
    e.ClaimExhausted: "All months decided; {months_paid} paid, {total} in all.",
    e.ClaimWithdrawn: "Claim withdrawn.",
    e.RecordRequested: "BPJS Ketenagakerjaan is to be asked again.",
    e.ClaimReconsidered: "Decision looked at again because of the {because}: {outcome}.",
    e.QuestionAsked: "Question {question} asked: {ground} ({article}).",
    e.QuestionAnswered: "Question {question} answered: {statement}.",
    e.QuestionDecided: "Question {question} decided by an officer.",
    e.EffortWithdrawn: "Job-search effort {reference} taken back.",
    e.WageRedetermined: "Wage determined again by the last report.",
    e.MonthAdjusted: "Month {month} adjusted: {difference} more.",
    e.ReceivableFound: "Month {month} was paid and not owed: {amount}, {ground} ({article}).",
    e.EmployerPaid: "Month {month} paid by the employer: {amount}.",
    e.ReimbursementAsked: "The employer asks back what it paid: {amount}.",
    e.EmployerOwes: "The employer owes {amount} ({article}).",
    e.DeadlineMoved: "A date moves with calendar {calendar_version}: {what}.",
    e.MessageRefused: "A direct message was refused: {ground}.",
}


def sentence(event: e.Event) -> str:
    """What happened, and for a message whether it counts."""
    words: dict[str, object] = {name: getattr(event, name) for name in type(event).model_fields}
    for name in ("amount", "total", "difference"):
        if f"{name}_idr" in words:
            words[name] = rupiah(int(str(words[f"{name}_idr"])))
    verdict: Verdict | None = getattr(event, "verdict", None)
    said = SENTENCES[type(event)].format(**words)
    return said if verdict is None else f"{said} {_judged(verdict)}"


def _judged(verdict: Verdict) -> str:
    if verdict.counts:
        return f"It counts ({verdict.article})."
    return f"It does not count: {verdict.ground} ({verdict.article})."
