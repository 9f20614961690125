"""Kepesertaan: who is insured by the programme, in the order of PP 37/2021 Pasal 4, 5, 8 and 48.

A worker who works is looked at here; who claims is looked at in claims/eligibility.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from claims.facts import CompanyScale
from claims.periods import age_on, months_after
from claims.reasons import Ground, Reason, Result
from claims.regimes import LAW, PP6, PP37
from claims.rules import Law, Rules, Sourced
from claims.windows import participant_since

Programme = Literal["JKK", "JKM", "JHT", "JP"]

_THREE: frozenset[Programme] = frozenset({"JKK", "JKM", "JHT"})
_FOUR: frozenset[Programme] = _THREE | {"JP"}
_BY_SCALE = MappingProxyType(
    {
        CompanyScale.LARGE: _FOUR,
        CompanyScale.MEDIUM: _FOUR,
        CompanyScale.SMALL: _THREE,
        CompanyScale.MICRO: _THREE,
    }
)


@dataclass(frozen=True)
class ParticipationTerms:
    """What one regime asks of a participant beside `Rules`: programmes by scale, months without JKN."""

    name: str
    in_force_from: date
    programmes: Sourced[MappingProxyType[CompanyScale, frozenset[Programme]]]
    integration_months: Sourced[int]


PARTICIPATION = (
    ParticipationTerms(
        name="2021",
        in_force_from=date(2021, 2, 2),
        programmes=Sourced(_BY_SCALE, f"{PP37} Pasal 4(3)"),
        integration_months=Sourced(6, f"{PP37} Pasal 48"),
    ),
    ParticipationTerms(
        name="2025",
        in_force_from=date(2025, 2, 7),
        programmes=Sourced(_BY_SCALE, f"{PP6} Pasal 4(3)"),
        integration_months=Sourced(0, f"{PP6} Pasal 4(3)"),
    ),
)


class FormField(StrEnum):
    """Isian formulir pendaftaran: what the form tells (Pasal 6(2))."""

    NIK = "nik"
    BIRTH_DATE = "birth_date"
    AGREEMENT_NUMBER = "agreement_number"
    AGREEMENT_DATES = "agreement_dates"


@dataclass(frozen=True)
class Enrolment:
    """Pendaftaran: what is known of a worker's registration, and where it is known from.

    `registered_on` is the day of registration with BPJS Ketenagakerjaan, also one before the programme began.
    `employers` counts the jobs held at once; with more than one the worker chooses the one that counts.
    """

    source: str
    as_of: datetime
    citizenship: Literal["WNI", "WNA"]
    born_on: date
    registered_on: date
    employed_since: date | None
    employed_until: date | None
    company_scale: CompanyScale
    programmes: frozenset[Programme]
    jkn_segment: Literal["PPU_BU", "PBPU", "PBI"] | None
    employers: int = 1
    job_chosen: bool = False


def participation(enrolment: Enrolment, day: date, law: Law = LAW) -> tuple[Reason, ...]:
    """Every condition of being a participant on a day, with its result, in the order of the articles."""
    rules = law.in_force_on(day)
    terms = next(one for one in reversed(PARTICIPATION) if one.in_force_from <= rules.in_force_from)
    since = participant_since(enrolment.registered_on, law)
    return (
        _citizenship(enrolment),
        _age(enrolment, since, rules),
        _employment(enrolment, since),
        _programmes(enrolment, terms),
        _health_insurance(enrolment, day, rules, terms),
        _chosen_job(enrolment),
    )


def is_participant(reasons: tuple[Reason, ...]) -> Result:
    """The conditions together: unmet if one is, else for a person if one is, else met."""
    results = {reason.result for reason in reasons}
    worst = (Result.UNMET, Result.FOR_A_PERSON)
    return next((result for result in worst if result in results), Result.MET)


def missing_from_form(given: frozenset[FormField]) -> tuple[str, ...]:
    """Kelengkapan formulir: NIK, birth date, and number and/or dates of the agreement (Pasal 6(2))."""
    missing = [field.value for field in (FormField.NIK, FormField.BIRTH_DATE) if field not in given]
    agreement = {FormField.AGREEMENT_NUMBER, FormField.AGREEMENT_DATES}
    return (*missing, *(() if agreement & given else ("agreement",)))


def integration_ends_on(terms: ParticipationTerms) -> date:
    """Masa integrasi: the last day on which JKP could be had without JKN (Pasal 48)."""
    return months_after(terms.in_force_from, terms.integration_months.value)


def _reason(
    enrolment: Enrolment,
    condition: str,
    met: bool,
    ground: Ground,
    article: str,
    facts: dict[str, str | int | bool],
    would_change: str,
    otherwise: Result = Result.UNMET,
) -> Reason:
    return Reason(
        condition=condition,
        result=Result.MET if met else otherwise,
        ground=Ground.MET if met else ground,
        article=article,
        facts=facts,
        as_of=f"{enrolment.source} {enrolment.as_of.isoformat()}",
        would_change=would_change,
    )


def _citizenship(enrolment: Enrolment) -> Reason:
    return _reason(
        enrolment,
        "citizenship",
        enrolment.citizenship == "WNI",
        Ground.NOT_A_CITIZEN,
        "PP 37/2021 Pasal 4(2)a",
        {"citizenship": enrolment.citizenship},
        "a correction of the citizenship in the population register",
    )


def _age(enrolment: Enrolment, since: date, rules: Rules) -> Reason:
    """On the day of registration, for who was insured already on the day the programme began."""
    age, limit = age_on(enrolment.born_on, since), rules.age_at_registration_below
    return _reason(
        enrolment,
        "age_at_registration",
        age < limit.value,
        Ground.TOO_OLD_AT_REGISTRATION,
        limit.citation,
        {"age_at_registration": age, "below": limit.value},
        "a correction of the birth date or of the day of registration",
    )


def _employment(enrolment: Enrolment, since: date) -> Reason:
    begins, ends = enrolment.employed_since, enrolment.employed_until
    employed = begins is not None and begins <= since and (ends is None or since <= ends)
    return _reason(
        enrolment,
        "employment",
        employed,
        Ground.NOT_EMPLOYED,
        "PP 37/2021 Pasal 4(2)",
        {"employed": employed},
        "proof of an employment on the day of registration",
    )


def _programmes(enrolment: Enrolment, terms: ParticipationTerms) -> Reason:
    missing = sorted(terms.programmes.value[enrolment.company_scale] - enrolment.programmes)
    return _reason(
        enrolment,
        "programmes",
        not missing,
        Ground.PROGRAMMES_INCOMPLETE,
        terms.programmes.citation,
        {"company_scale": enrolment.company_scale.value, "missing": " ".join(missing)},
        "the employer's registration in the missing programmes",
    )


def _health_insurance(enrolment: Enrolment, day: date, rules: Rules, terms: ParticipationTerms) -> Reason:
    integrating = terms.integration_months.value > 0 and day <= integration_ends_on(terms)
    employer_only = rules.jkn_employer_paid_only
    segment = enrolment.jkn_segment
    held = segment == "PPU_BU" if employer_only.value else segment is not None
    return _reason(
        enrolment,
        "health_insurance",
        held or integrating,
        Ground.NO_HEALTH_INSURANCE,
        terms.integration_months.citation if integrating and not held else employer_only.citation,
        {"jkn_segment": segment or "none"},
        "a registration in the national health insurance (JKN)",
    )


def _chosen_job(enrolment: Enrolment) -> Reason:
    """Which of several jobs is the one of the programme is the worker's choice, and nobody else's."""
    return _reason(
        enrolment,
        "chosen_job",
        enrolment.employers <= 1 or enrolment.job_chosen,
        Ground.NEEDS_A_PERSON,
        "PP 37/2021 Pasal 8",
        {"employers": enrolment.employers, "chosen": enrolment.job_chosen},
        "the worker's choice of one employer",
        otherwise=Result.FOR_A_PERSON,
    )
