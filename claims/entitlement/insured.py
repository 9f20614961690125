"""Is somebody insured: the conditions that the contribution record answers (Pasal 4, 19, 21, 35, 36, 39)."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.entitlement.contribution_months import MonthsCounted
from claims.entitlement.contributions import (
    highest_wage_before,
    months_before_layoff,
    months_since_last_benefit,
    reaches_back_to_last_benefit,
    run_in_a_row,
    works_elsewhere,
)
from claims.entitlement.payer import who_pays
from claims.entitlement.sources import Source, source_of
from claims.events.basis import CountedGround, Failing, ManualReview, OnRecord, Shortfall
from claims.events.facts import CompanyScale, ContributionRecord, Layoff
from law.grounds import Ground, Reason, Result
from law.money import dropped
from law.periods import Calendar
from law.rules import Rules

Facts = dict[str, str | int | bool]


def reason_of(
    condition: str, met: bool, failing: Failing, article: str, facts: Facts, source: Source
) -> Reason:
    """One condition that is met, or else fails: on its ground, for a machine or for a person."""
    otherwise = Result.MANUAL_REVIEW if isinstance(failing, ManualReview) else Result.UNMET
    return Reason(
        condition=condition,
        result=Result.MET if met else otherwise,
        ground=Ground.MET if met else failing.ground,
        article=article,
        facts=facts,
        source=source.code,
        known_at=source.known_at,
    )


def personal_conditions(record: ContributionRecord, rules: Rules) -> tuple[Reason, ...]:
    """Kepesertaan: citizenship, age, programmes and health insurance (Pasal 4)."""
    source = source_of(record)
    return (
        citizenship_condition(record.citizenship, rules, source),
        age_condition(record.age_at_registration, rules, source),
        _left_out(programmes_condition(record.company_scale, record.programmes, rules, source), rules),
        _left_out(health_insurance_condition(record.jkn_segment, rules, source), rules),
    )


def contribution_conditions(layoff: Layoff, record: ContributionRecord, rules: Rules) -> tuple[Reason, ...]:
    """Masa iur: so many months, and so many in a row (Pasal 19(3))."""
    months, source = months_before_layoff(layoff, record, rules), source_of(record)
    return (
        _contribution_months(months, rules, source),
        _consecutive_months(months, layoff, rules, source),
    )


def standing_conditions(
    layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar
) -> tuple[Reason, ...]:
    """Earlier benefits, another job, the wage and the arrears (Pasal 35, 36, 21, 39)."""
    source = source_of(record)
    return (
        _earlier_claims(layoff, record, rules, source),
        _other_job(layoff, record, rules, source),
        _wage(layoff, record, rules, source),
        _arrears(layoff, record, rules, calendar, source),
    )


def citizenship_condition(citizenship: str, rules: Rules, source: Source) -> Reason:
    """Warga negara Indonesia (Pasal 4(2)a)."""
    return reason_of(
        "citizenship",
        citizenship in rules.citizenships.value,
        OnRecord(Ground.NOT_A_CITIZEN),
        rules.citizenships.article,
        {"citizenship": citizenship},
        source,
    )


def age_condition(age_at_registration: int, rules: Rules, source: Source) -> Reason:
    """Usia saat didaftarkan, in whole years (Pasal 4(2)b)."""
    limit = rules.age_at_registration_below
    return reason_of(
        "age_at_registration",
        age_at_registration < limit.value,
        OnRecord(Ground.TOO_OLD_AT_REGISTRATION),
        limit.article,
        {"age_at_registration": age_at_registration, "below": limit.value},
        source,
    )


def programmes_condition(
    scale: CompanyScale, programmes: Iterable[str], rules: Rules, source: Source
) -> Reason:
    """The programmes that an employer of this scale must hold (Pasal 4(3))."""
    needed = rules.programmes_by_scale
    missing = sorted(needed.value[scale].difference(programmes))
    facts: Facts = {"company_scale": scale.value, "missing": " ".join(missing)}
    failing = OnRecord(Ground.PROGRAMMES_INCOMPLETE)
    return reason_of("programmes", not missing, failing, needed.article, facts, source)


def health_insurance_condition(jkn_segment: str | None, rules: Rules, source: Source) -> Reason:
    """Kepesertaan JKN: paid by the employer, or of any kind (Pasal 4(3), 4(4))."""
    employer_only = rules.jkn_employer_paid_only
    held = jkn_segment == "PPU_BU" if employer_only.value else jkn_segment is not None
    facts: Facts = {"jkn_segment": jkn_segment or "none"}
    failing = OnRecord(Ground.NO_HEALTH_INSURANCE)
    return reason_of("health_insurance", held, failing, employer_only.article, facts, source)


def _left_out(found: Reason, rules: Rules) -> Reason:
    """What the employer left out, who then pays (Pasal 37), refuses no claim by machine (record 38)."""
    if found.result is Result.MET or not rules.employer_failures_go_to_a_person.value:
        return found
    return found.model_copy(update={"result": Result.MANUAL_REVIEW})


def _contribution_months(months: MonthsCounted, rules: Rules, source: Source) -> Reason:
    needed = rules.contribution_months_min
    counted = _Counted(len(months.paid), len(months.at_most(rules)), needed.value, months)
    failing = counted.failing(Ground.TOO_FEW_CONTRIBUTION_MONTHS, Ground.MONTHS_OWED_BUT_UNPAID, rules)
    facts: Facts = {
        "paid_months": counted.months,
        "needed": needed.value,
        "lookback_months": rules.lookback_months.value,
    }
    facts |= counted.untold(failing)
    return reason_of("contribution_months", counted.enough, failing, needed.article, facts, source)


def _consecutive_months(months: MonthsCounted, layoff: Layoff, rules: Rules, source: Source) -> Reason:
    needed = rules.consecutive_months_min
    run, at_most = (run_in_a_row(each, layoff, rules) for each in (months.paid, months.at_most(rules)))
    counted = _Counted(run, at_most, needed.value, months)
    ground: CountedGround = Ground.TOO_FEW_CONSECUTIVE_MONTHS
    failing = counted.failing(ground, ground, rules)
    facts: Facts = {"longest_run": run, "needed": needed.value}
    facts |= counted.untold(failing)
    return reason_of("consecutive_months", counted.enough, failing, needed.article, facts, source)


@dataclass(frozen=True)
class _Counted:
    """Months counted against what is needed; `at_most` with those that are owed or not told of."""

    months: int
    at_most: int
    needed: int
    among: MonthsCounted

    @property
    def enough(self) -> bool:
        return self.months >= self.needed

    def failing(self, ground: CountedGround, owed: Ground, rules: Rules) -> Failing:
        """What too few come to: nobody is refused on a debt of the employer or on silence (14a.b)."""
        if self.enough or (self.among.owed and rules.unpaid_months_go_to_a_person.value):
            return ManualReview(ground if self.enough else owed)
        if self.at_most >= self.needed:
            return ManualReview(Ground.MONTHS_NOT_TOLD)
        return Shortfall(ground, self.at_most, self.needed)

    def untold(self, failing: Failing) -> Facts:
        """How many months the record leaves untold, where it hangs on them."""
        return {"months_unknown": len(self.among.untold)} if failing.ground is Ground.MONTHS_NOT_TOLD else {}


def _earlier_claims(layoff: Layoff, record: ContributionRecord, rules: Rules, source: Source) -> Reason:
    """At most three in a working life, each five years of contributions after the one before (Pasal 35)."""
    earlier, most = len(record.earlier_benefits_first_paid_on), rules.claims_max
    if earlier >= most.value:
        facts: Facts = {"earlier_claims": earlier, "most": most.value}
        too_many = OnRecord(Ground.TOO_MANY_CLAIMS)
        return reason_of("earlier_claims", False, too_many, most.article, facts, source)
    needed = rules.paid_months_between_claims.value
    months = months_since_last_benefit(layoff, record, rules)
    counted = _Counted(len(months.paid), len(months.at_most(rules)), needed, months)
    ground: CountedGround = Ground.TOO_SOON_AFTER_LAST_BENEFIT
    failing = counted.failing(ground, Ground.MONTHS_OWED_BUT_UNPAID, rules)
    if not reaches_back_to_last_benefit(record):
        failing = ManualReview(ground)
    facts = {"earlier_claims": earlier, "paid_months_since": counted.months, "needed": needed}
    met = earlier == 0 or counted.enough
    facts |= {} if met else counted.untold(failing)
    return reason_of("earlier_claims", met, failing, most.article, facts, source)


def _other_job(layoff: Layoff, record: ContributionRecord, rules: Rules, source: Source) -> Reason:
    """The benefit is for who lost the work; where another job goes on, a person looks (Pasal 36)."""
    elsewhere = works_elsewhere(layoff, record, rules)
    return reason_of(
        "other_job",
        not elsewhere,
        ManualReview(Ground.ANOTHER_JOB_GOES_ON),
        rules.other_job_months.article,
        {"works_elsewhere": elsewhere},
        source,
    )


def _wage(layoff: Layoff, record: ContributionRecord, rules: Rules, source: Source) -> Reason:
    """The last report decides, unless it is none, or is lower by much than one shortly before."""
    last, most = record.reported_wage_idr, rules.wage_drop_max
    reported = last >= rules.wage_min_idr.value
    if reported and dropped(last, highest_wage_before(layoff, record, rules), most.value):
        return reason_of(
            "reported_wage",
            False,
            ManualReview(Ground.WAGE_DROPPED),
            most.article,
            {"drop_max_percent": f"{most.value * 100:.2f}", "within_months": rules.wage_drop_months.value},
            source,
        )
    return reason_of(
        "reported_wage",
        reported,
        ManualReview(Ground.WAGE_UNKNOWN),
        rules.wage_min_idr.article,
        {"reported": reported},
        source,
    )


def _arrears(
    layoff: Layoff, record: ContributionRecord, rules: Rules, calendar: Calendar, source: Source
) -> Reason:
    """Months owed beyond the cover are the employer's to pay first; a gap that may hide them is unknown."""
    found = who_pays(layoff, record, rules, calendar)
    facts: Facts = {
        "months_in_arrears": found.months_in_arrears,
        "covered": found.covered,
        "employer": record.employer_standing.value,
    }
    if found.months_unknown:
        return reason_of(
            "arrears",
            False,
            ManualReview(Ground.RECORD_HAS_A_GAP),
            found.article,
            facts | {"months_unknown": found.months_unknown},
            source,
        )
    return reason_of(
        "arrears",
        not found.manual_review,
        ManualReview(Ground.EMPLOYER_PAYS_FIRST),
        found.article,
        facts,
        source,
    )
