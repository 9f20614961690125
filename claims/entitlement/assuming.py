"""Fakta yang diandaikan: the layoff, contract and record that an estimate takes for granted, of nobody."""

from datetime import date
from uuid import UUID

from claims.events.facts import (
    CompanyScale,
    Contract,
    ContributionMonth,
    ContributionRecord,
    EmployerStanding,
    FixedTermContract,
    Layoff,
    LayoffProof,
    Participant,
    PermanentContract,
)
from law.periods import month_of, months_after, months_before, start_of
from law.rules import Law, Office, ProofKind, SeparationReason

NOBODY = Participant(participant_id=UUID(int=0), version=0)
THIS_EMPLOYER = "this-employer"


def a_layoff_of_nobody(
    laid_off_on: date, reason: SeparationReason, contract: Contract, proof: ProofKind, office: Office
) -> Layoff:
    """Pemutusan hubungan kerja without a person in it."""
    return Layoff(
        participant=NOBODY,
        employer_registration=THIS_EMPLOYER,
        employer_name="-",
        laid_off_on=laid_off_on,
        reason=reason,
        contract=contract,
        proof=LayoffProof(kind=proof, number="-", issued_on=laid_off_on, office=office),
        province="00",
        regency="0000",
        sex="male",
    )


def assumed_contract(laid_off_on: date, reason: SeparationReason) -> Contract:
    """Perjanjian kerja an estimate assumes: permanent, or with the term that is said to have expired."""
    started_on = months_after(laid_off_on, -60)
    if reason is SeparationReason.CONTRACT_EXPIRED:
        return FixedTermContract(started_on=started_on, ends_on=laid_off_on)
    return PermanentContract(started_on=started_on)


def assumed_record(wage_idr: int, laid_off_on: date, on: date, law: Law) -> ContributionRecord:
    """Catatan iuran an estimate assumes on a day: every month before the layoff paid, since the programme."""
    rules = law.in_force_on(on)
    begun = month_of(law.regimes[0].in_force_from)
    months = months_before(month_of(laid_off_on), rules.lookback_months.value)
    return ContributionRecord(
        source="estimate",
        record_id="estimate",
        as_of=start_of(on),
        age_at_registration=min(30, rules.age_at_registration_below.value - 1),
        citizenship="WNI",
        jkn_segment="PPU_BU",
        company_scale=CompanyScale.LARGE,
        programmes=("JKK", "JKM", "JHT", "JP"),
        employer_standing=EmployerStanding.OPERATING,
        reported_wage_idr=wage_idr,
        months=tuple(
            ContributionMonth(
                month=month,
                employer_registration=THIS_EMPLOYER,
                wage_idr=wage_idr,
                paid_on=months_after(date.fromisoformat(f"{month}-01"), 1),
            )
            for month in reversed(months)
            if month >= begun
        ),
        reemployed_on=None,
        earlier_benefits_first_paid_on=(),
        age_band="25_34",
    )
