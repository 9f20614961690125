"""Kepesertaan: who is insured by the programme, in the order of PP 37/2021 Pasal 4, 5, 8 and 48.

A worker who works is looked at here; who claims is looked at in claims/entitlement/eligibility.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from claims.entitlement.insured import (
    age_condition,
    citizenship_condition,
    health_insurance_condition,
    programmes_condition,
    reason_of,
)
from claims.entitlement.sources import Source, source_at
from claims.events.basis import ManualReview, OnRecord, Uninsured
from claims.events.facts import CompanyScale
from law.ages import participant_since
from law.grounds import Ground, Reason, Result
from law.periods import age_on, months_after
from law.provisions import BEGINNING, CHOICE_OF_JOB, REGISTRATION, REGISTRATION_AMENDED
from law.regimes import LAW
from law.rules import Law, Rules

Programme = Literal["JKK", "JKM", "JHT", "JP"]


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
    since = participant_since(enrolment.registered_on, law)
    source = source_at(enrolment.source, enrolment.as_of)
    return (
        _registration(enrolment, since, day, law, source),
        citizenship_condition(enrolment.citizenship, rules, source),
        # On the day of registration, for who was insured already on the day the programme began.
        age_condition(age_on(enrolment.born_on, since), rules, source),
        _employment(enrolment, day, rules, source),
        programmes_condition(enrolment.company_scale, enrolment.programmes, rules, source),
        _health_insurance(enrolment, day, rules, source),
        _chosen_job(enrolment, source),
    )


def is_participant(reasons: tuple[Reason, ...]) -> Result:
    """The conditions together: unmet if one is, else for a person if one is, else met."""
    results = {reason.result for reason in reasons}
    worst = (Result.UNMET, Result.MANUAL_REVIEW)
    return next((result for result in worst if result in results), Result.MET)


def missing_from_form(given: frozenset[FormField]) -> tuple[str, ...]:
    """Kelengkapan formulir: NIK, birth date, and number and/or dates of the agreement (Pasal 6(2))."""
    missing = [field.value for field in (FormField.NIK, FormField.BIRTH_DATE) if field not in given]
    agreement = {FormField.AGREEMENT_NUMBER, FormField.AGREEMENT_DATES}
    return (*missing, *(() if agreement & given else ("agreement",)))


def integration_ends_on(rules: Rules) -> date:
    """Masa integrasi: the last day on which JKP could be had without JKN (Pasal 48)."""
    return months_after(rules.in_force_from, rules.integration_months.value)


def _registration(enrolment: Enrolment, since: date, day: date, law: Law, source: Source) -> Reason:
    """Registered by the day that is asked about, which no day before the programme is (Pasal 4(1), 50)."""
    first = law.regimes[0].in_force_from
    article = REGISTRATION if law.in_force_on(day).in_force_from == first else REGISTRATION_AMENDED
    return reason_of(
        "registration",
        since <= day,
        Uninsured(Ground.NOT_REGISTERED),
        article if day >= first else BEGINNING,
        {"registered_on": enrolment.registered_on.isoformat(), "participant_since_on": since.isoformat()},
        source,
    )


def _employment(enrolment: Enrolment, day: date, rules: Rules, source: Source) -> Reason:
    """An employment relation, on the day that is asked about; who is registered before it begins, waits."""
    begins, ends = enrolment.employed_since, enrolment.employed_until
    employed = begins is not None and begins <= day and (ends is None or day <= ends)
    article = rules.age_at_registration_below.article
    failing = Uninsured(Ground.NOT_EMPLOYED)
    return reason_of("employment", employed, failing, article, {"employed": employed}, source)


def _health_insurance(enrolment: Enrolment, day: date, rules: Rules, source: Source) -> Reason:
    """Any or none while the programmes were being brought together, after that as a claim is decided."""
    integration = rules.integration_months
    found = health_insurance_condition(enrolment.jkn_segment, rules, source)
    if found.result is Result.MET or not integration.value or day > integration_ends_on(rules):
        return found
    failing = OnRecord(Ground.NO_HEALTH_INSURANCE)
    return reason_of(found.condition, True, failing, integration.article, found.facts, source)


def _chosen_job(enrolment: Enrolment, source: Source) -> Reason:
    """Which of several jobs is the one of the programme is the worker's choice, and nobody else's."""
    return reason_of(
        "chosen_job",
        enrolment.employers <= 1 or enrolment.job_chosen,
        ManualReview(Ground.NEEDS_MANUAL_REVIEW),
        CHOICE_OF_JOB,
        {"employers": enrolment.employers, "chosen": enrolment.job_chosen},
        source,
    )
