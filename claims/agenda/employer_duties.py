"""Kewajiban pengusaha: what is due beside a claim, of whom, by which day, and whether it came late.

Being late is told to an inspector and takes no right from a worker (record 28).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from claims.agenda.deadlines import EMPLOYER, Deadline
from claims.agenda.obligations import Owner
from claims.entitlement.contributions import contribution_due_on
from law.duty_terms import DUTIES, DutyTerms
from law.periods import Calendar, end_of, start_of
from law.regimes import LAW
from law.rules import Law, SeparationReason, Sourced

WORKER = "worker"
CLAIMANT = Owner.CLAIMANT.value
BPJS = Owner.BPJS.value


@dataclass(frozen=True)
class Duty(Deadline):
    """A deadline beside a claim, and the day on which what was due was done."""

    done_on: date | None

    @property
    def late(self) -> bool:
        """Done after its last day, or over and not done: for an inspector, never against the worker."""
        return self.done_on > self.last_day if self.done and self.done_on is not None else self.passed


@dataclass(frozen=True)
class Seen:
    """The day from which duties are looked at, the calendar of working days, and the terms of the law."""

    on: date
    calendar: Calendar
    terms: DutyTerms = DUTIES


@dataclass(frozen=True)
class _Term:
    """What is due, of whom, and the rule and article of its last day; its first day where it has one."""

    what: str
    owner: str
    last_day: date
    rule: str
    article: str
    first_day: date | None = None


def _duty(term: _Term, seen: Seen, done_on: date | None) -> Duty:
    return Duty(
        what=term.what,
        month=0,
        owner=term.owner,
        opens_at=None if term.first_day is None else start_of(term.first_day),
        closes_at=end_of(term.last_day),
        last_day=term.last_day,
        rule=term.rule,
        article=term.article,
        calendar_version=seen.calendar.version,
        passed=term.last_day < seen.on,
        done=done_on is not None and done_on <= seen.on,
        done_on=done_on,
    )


def _after(
    what: str, owner: str, event: tuple[date, str], days: Sourced[int], seen: Seen, done_on: date | None
) -> Duty:
    """A term of working days after an event, which is a day and its name."""
    day, name = event
    last_day = seen.calendar.working_days_after(day, days.value)
    plural = "day" if days.value == 1 else "days"
    rule = f"{days.value} working {plural} after {name}"
    return _duty(_Term(what, owner, last_day, rule, days.citation), seen, done_on)


def enrolment_form(works_since: date, seen: Seen, given_on: date | None = None) -> Duty:
    """Formulir pendaftaran: within days, holidays included, of the start of work (Pasal 6(1))."""
    days = seen.terms.enrolment_form_days
    last_day = works_since + timedelta(days=days.value)
    if seen.terms.enrolment_form_rolls.value and not seen.calendar.is_working_day(last_day):
        last_day = seen.calendar.working_days_after(last_day, 1)
    rule = f"{days.value} days after the start of work"
    return _duty(_Term("enrolment_form", EMPLOYER, last_day, rule, days.citation), seen, given_on)


def participant_number(
    form_complete_on: date | None, first_paid_on: date | None, seen: Seen, given_on: date | None = None
) -> Duty | None:
    """Nomor peserta: working days after form and first contribution, whichever came later (Pasal 6(3)).

    None while either is missing: the term has not begun.
    """
    if form_complete_on is None or first_paid_on is None:
        return None
    later = max(form_complete_on, first_paid_on), "the complete form and the first contribution"
    days = seen.terms.participant_number_working_days
    return _after("participant_number", BPJS, later, days, seen, given_on)


def data_change(changed_on: date, seen: Seen, told_on: date | None = None) -> Duty:
    """Perubahan data: name, address or scale of the company, wages, data of a worker (Pasal 9)."""
    changed = changed_on, "the change"
    return _after("data_change", EMPLOYER, changed, seen.terms.data_change_working_days, seen, told_on)


def membership_adjustment(seen: Seen, done_on: date | None = None) -> Duty:
    """Penyesuaian kepesertaan: of the authorities, after the amendment of 2025 (PP 6/2025 Pasal II.1)."""
    event = seen.terms.membership_adjusted_from.value, "the amendment came into force"
    return _after("membership_adjustment", BPJS, event, seen.terms.membership_working_days, seen, done_on)


def contribution_payment(month: str, seen: Seen, paid_on: date | None = None) -> Duty:
    """Pembayaran iuran: by a day of the month after, or the next working day (PP 44/2015 Pasal 21)."""
    rules = LAW.in_force_on(date.fromisoformat(f"{month}-01"))
    last_day, due = contribution_due_on(month, rules, seen.calendar), rules.contribution_due_day
    rule = f"day {due.value} of the month after, or the next working day"
    return _duty(_Term("contribution", EMPLOYER, last_day, rule, due.article), seen, paid_on)


class Stage(StrEnum):
    """Where an employment stands: on probation (masa percobaan) its notice is shorter."""

    EMPLOYED = "employed"
    PROBATION = "probation"


def layoff_notice(
    laid_off_on: date,
    reason: SeparationReason,
    stage: Stage,
    seen: Seen,
    noticed_on: date | None = None,
) -> Duty | None:
    """Pemberitahuan PHK: in writing, so many working days before the layoff (PP 35/2021 Pasal 37).

    None for gross misconduct, which needs no notice (Pasal 52(2)-(3)).
    """
    if reason is SeparationReason.URGENT_MISCONDUCT:
        return None
    on_probation = stage is Stage.PROBATION
    terms = seen.terms
    days = terms.probation_notice_working_days if on_probation else terms.layoff_notice_working_days
    day = seen.calendar.working_days_before(laid_off_on, days.value)
    term = _Term(
        "layoff_notice", EMPLOYER, day, f"at least {days.value} working days before the layoff", days.citation
    )
    if not terms.earlier_notice_is_in_time.value:
        rule = f"at most {days.value} working days before the layoff"
        term = replace(term, first_day=day, last_day=laid_off_on, rule=rule)
    return _duty(term, seen, noticed_on)


def refusal_letter(notice_received_on: date, seen: Seen, refused_on: date | None = None) -> Duty:
    """Surat penolakan PHK: of the worker, with reasons (PP 35/2021 Pasal 39).

    Who says nothing has not refused; a benefit does not hang on it.
    """
    received = notice_received_on, "the notice was received"
    return _after("refusal", WORKER, received, seen.terms.refusal_working_days, seen, refused_on)


def layoff_report(laid_off_on: date, seen: Seen, reported_on: date | None = None, law: Law = LAW) -> Duty:
    """Laporan PHK to BPJS Ketenagakerjaan; a late one is accepted (Permenaker 2/2025 Pasal 9(1))."""
    days = law.in_force_on(laid_off_on).layoff_report_working_days
    return _after("layoff_report", EMPLOYER, (laid_off_on, "the layoff"), days, seen, reported_on)


def training_report(ended_on: date, seen: Seen, told_on: date | None = None) -> Duty:
    """Laporan selesai pelatihan: of the participant (PP 37/2021 Pasal 33(1))."""
    ended = ended_on, "the training ended"
    return _after("training_report", CLAIMANT, ended, seen.terms.training_report_working_days, seen, told_on)


def placement_report(hired_on: date, seen: Seen, told_on: date | None = None, law: Law = LAW) -> Duty:
    """Laporan penempatan: of the participant who found work (PP 37/2021 Pasal 28)."""
    days = law.in_force_on(hired_on).placement_report_working_days
    return _after("placement_report", CLAIMANT, (hired_on, "the work began"), days, seen, told_on)
