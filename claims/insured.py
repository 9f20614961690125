"""Is somebody insured: the conditions that the contribution record answers (Pasal 4, 19, 21, 35, 36, 39)."""

from collections.abc import Iterable

from claims.contributions import (
    MonthsPaid,
    highest_wage_before,
    months_paid,
    paid_months_since_last_benefit,
    reaches_back_to_last_benefit,
    run_in_a_row,
    works_elsewhere,
)
from claims.facts import CompanyScale, ContributionRecord, Layoff
from claims.money import dropped
from claims.payer import who_pays
from claims.periods import Calendar
from claims.reasons import Ground, Reason, Result
from claims.rules import Rules
from claims.words.conditions import would_change


def reason_of(
    condition: str,
    met: bool,
    ground: Ground,
    article: str,
    facts: dict[str, str | int | bool],
    as_of: str,
    otherwise: Result = Result.UNMET,
) -> Reason:
    """One condition that is met, or else has its ground and the result `otherwise`."""
    return Reason(
        condition=condition,
        result=Result.MET if met else otherwise,
        ground=Ground.MET if met else ground,
        article=article,
        facts=facts,
        as_of=as_of,
        would_change=would_change(condition, ground),
    )


def known_as_of(record: ContributionRecord) -> str:
    """Where the facts of a record come from, and of when they are."""
    return f"{record.source} {record.as_of.isoformat()}"


def personal_conditions(record: ContributionRecord, rules: Rules) -> tuple[Reason, ...]:
    """Kepesertaan: citizenship, age, programmes and health insurance (Pasal 4)."""
    as_of = known_as_of(record)
    return (
        citizenship_condition(record.citizenship, rules, as_of),
        age_condition(record.age_at_registration, rules, as_of),
        # What is missing is the employer's failure, who then pays (Pasal 37): never a refusal by machine.
        programmes_condition(
            record.company_scale, record.programmes, rules, as_of, otherwise=Result.FOR_A_PERSON
        ),
        health_insurance_condition(record.jkn_segment, rules, as_of),
    )


def contribution_conditions(layoff: Layoff, record: ContributionRecord, rules: Rules) -> tuple[Reason, ...]:
    """Masa iur: so many months, and so many in a row (Pasal 19(3))."""
    months, as_of = months_paid(layoff, record, rules), known_as_of(record)
    return (
        _contribution_months(months, rules, as_of),
        _consecutive_months(months, layoff, rules, as_of),
    )


def standing_conditions(
    layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar
) -> tuple[Reason, ...]:
    """Earlier benefits, another job, the wage and the arrears (Pasal 35, 36, 21, 39)."""
    as_of = known_as_of(record)
    return (
        _earlier_claims(layoff, record, rules, as_of),
        _other_job(layoff, record, rules, as_of),
        _wage(layoff, record, rules, as_of),
        _arrears(layoff, record, rules, calendar, as_of),
    )


def citizenship_condition(citizenship: str, rules: Rules, as_of: str) -> Reason:
    """Warga negara Indonesia (Pasal 4(2)a)."""
    return reason_of(
        "citizenship",
        citizenship in rules.citizenships.value,
        Ground.NOT_A_CITIZEN,
        rules.citizenships.article,
        {"citizenship": citizenship},
        as_of,
    )


def age_condition(age_at_registration: int, rules: Rules, as_of: str) -> Reason:
    """Usia saat didaftarkan, in whole years (Pasal 4(2)b)."""
    limit = rules.age_at_registration_below
    return reason_of(
        "age_at_registration",
        age_at_registration < limit.value,
        Ground.TOO_OLD_AT_REGISTRATION,
        limit.article,
        {"age_at_registration": age_at_registration, "below": limit.value},
        as_of,
    )


def programmes_condition(
    scale: CompanyScale,
    programmes: Iterable[str],
    rules: Rules,
    as_of: str,
    otherwise: Result = Result.UNMET,
) -> Reason:
    """The programmes that an employer of this scale must hold (Pasal 4(3))."""
    needed = rules.programmes_by_scale
    missing = sorted(needed.value[scale].difference(programmes))
    return reason_of(
        "programmes",
        not missing,
        Ground.PROGRAMMES_INCOMPLETE,
        needed.article,
        {"company_scale": scale.value, "missing": " ".join(missing)},
        as_of,
        otherwise,
    )


def health_insurance_condition(jkn_segment: str | None, rules: Rules, as_of: str) -> Reason:
    """Kepesertaan JKN: paid by the employer, or of any kind (Pasal 4(3), 4(4))."""
    employer_only = rules.jkn_employer_paid_only
    held = jkn_segment == "PPU_BU" if employer_only.value else jkn_segment is not None
    return reason_of(
        "health_insurance",
        held,
        Ground.NO_HEALTH_INSURANCE,
        employer_only.article,
        {"jkn_segment": jkn_segment or "none"},
        as_of,
    )


def _contribution_months(months: MonthsPaid, rules: Rules, as_of: str) -> Reason:
    paid, needed = len(months.paid), rules.contribution_months_min
    # Nobody is refused by a machine because of what the employer still owes (assumption 14a.b).
    for_a_person = bool(months.owed) and rules.unpaid_months_go_to_a_person.value
    return reason_of(
        "contribution_months",
        paid >= needed.value,
        Ground.MONTHS_OWED_BUT_UNPAID if for_a_person else Ground.TOO_FEW_CONTRIBUTION_MONTHS,
        needed.article,
        {"paid_months": paid, "needed": needed.value, "lookback_months": rules.lookback_months.value},
        as_of,
        otherwise=Result.FOR_A_PERSON if for_a_person else Result.UNMET,
    )


def _consecutive_months(months: MonthsPaid, layoff: Layoff, rules: Rules, as_of: str) -> Reason:
    run, needed = run_in_a_row(months, layoff, rules), rules.consecutive_months_min
    for_a_person = bool(months.owed) and rules.unpaid_months_go_to_a_person.value
    return reason_of(
        "consecutive_months",
        run >= needed.value,
        Ground.TOO_FEW_CONSECUTIVE_MONTHS,
        needed.article,
        {"longest_run": run, "needed": needed.value},
        as_of,
        otherwise=Result.FOR_A_PERSON if for_a_person else Result.UNMET,
    )


def _earlier_claims(layoff: Layoff, record: ContributionRecord, rules: Rules, as_of: str) -> Reason:
    """At most three in a working life, each five years of contributions after the one before (Pasal 35)."""
    earlier, most = len(record.earlier_benefits_first_paid_on), rules.claims_max
    if earlier >= most.value:
        facts: dict[str, str | int | bool] = {"earlier_claims": earlier, "most": most.value}
        return reason_of(
            "earlier_claims",
            False,
            Ground.TOO_MANY_CLAIMS,
            most.article,
            facts,
            as_of,
        )
    needed = rules.paid_months_between_claims.value
    since = paid_months_since_last_benefit(layoff, record)
    facts = {"earlier_claims": earlier, "paid_months_since": since, "needed": needed}
    return reason_of(
        "earlier_claims",
        earlier == 0 or since >= needed,
        Ground.TOO_SOON_AFTER_LAST_BENEFIT,
        most.article,
        facts,
        as_of,
        otherwise=Result.UNMET if reaches_back_to_last_benefit(record) else Result.FOR_A_PERSON,
    )


def _other_job(layoff: Layoff, record: ContributionRecord, rules: Rules, as_of: str) -> Reason:
    """The benefit is for who lost the work; where another job goes on, a person looks (Pasal 36)."""
    elsewhere = works_elsewhere(layoff, record, rules)
    return reason_of(
        "other_job",
        not elsewhere,
        Ground.ANOTHER_JOB_GOES_ON,
        rules.other_job_months.article,
        {"works_elsewhere": elsewhere},
        as_of,
        otherwise=Result.FOR_A_PERSON,
    )


def _wage(layoff: Layoff, record: ContributionRecord, rules: Rules, as_of: str) -> Reason:
    """The last report decides, unless it is none, or is lower by much than one shortly before."""
    last, most = record.reported_wage_idr, rules.wage_drop_max
    reported = last >= rules.wage_min_idr.value
    if reported and dropped(last, highest_wage_before(layoff, record, rules), most.value):
        return reason_of(
            "reported_wage",
            False,
            Ground.WAGE_DROPPED,
            most.article,
            {"drop_max_percent": f"{most.value * 100:.2f}", "within_months": rules.wage_drop_months.value},
            as_of,
            otherwise=Result.FOR_A_PERSON,
        )
    return reason_of(
        "reported_wage",
        reported,
        Ground.WAGE_UNKNOWN,
        rules.wage_min_idr.article,
        {"reported": "yes" if reported else "none"},
        as_of,
        otherwise=Result.FOR_A_PERSON,
    )


def _arrears(
    layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar, as_of: str
) -> Reason:
    """Months owed beyond the cover are the employer's to pay first; a gap that may hide them is unknown."""
    found = who_pays(layoff, record, rules, calendar)
    facts: dict[str, str | int | bool] = {
        "months_in_arrears": found.months_in_arrears,
        "covered": found.covered,
        "employer": record.employer_standing.value,
    }
    if found.months_unknown:
        return reason_of(
            "arrears",
            False,
            Ground.RECORD_HAS_A_GAP,
            found.article,
            facts | {"months_unknown": found.months_unknown},
            as_of,
            otherwise=Result.FOR_A_PERSON,
        )
    return reason_of(
        "arrears",
        not found.for_a_person,
        Ground.EMPLOYER_PAYS_FIRST,
        found.article,
        facts,
        as_of,
        otherwise=Result.FOR_A_PERSON,
    )
