"""Filed claims by the thousand, drawn by chance from a seed: both regimes, every outcome, every ground."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from claims.events import ClaimFiled
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
from claims.state.claim import Claim
from law.periods import month_of, months_after, start_of
from law.rules import Office, ProofKind, SeparationReason
from sandbox.bench.speed.population import EMPLOYER

FIRST_LAYOFF, DAYS = date(2021, 9, 1), 2_000
BEFORE = "NPP-10000001"
WORKED_MONTHS = (8, 13, 20, 30, 42)
PAID_OF_HUNDRED = (100, 100, 97, 60)

Chance = random.Random
Changes = dict[str, Any]


class Case(NamedTuple):
    """A claim with its filing and record, and when it is decided."""

    claim: Claim
    at: datetime


def filed_claims(seed: int = 37) -> Iterator[Case]:
    """As many as are asked for; about half of them have one or two faults."""
    chance = Chance(seed)
    while True:
        case = _drawn(chance)
        for _ in range(chance.choice((0, 0, 1, 1, 2))):
            case = chance.choice(FAULTS)(case, chance)
        yield case


def _drawn(chance: Chance) -> Case:
    """Laid off between 2021 and 2026, filed early, near the end of a window or after it."""
    laid_off_on = FIRST_LAYOFF + timedelta(days=chance.randrange(DAYS))
    days = chance.choice((chance.randrange(60), chance.randrange(60), chance.randrange(85, 100)))
    filed_on = laid_off_on + timedelta(days=chance.choice((days, days, days, chance.randrange(175, 190))))
    months = _months(chance, laid_off_on)
    at = start_of(filed_on + timedelta(days=chance.randrange(4))) + timedelta(hours=10)
    return Case(sound_claim(laid_off_on, filed_on, months), at)


def sound_claim(laid_off_on: date, filed_on: date, months: tuple[ContributionMonth, ...] = ()) -> Claim:
    """A claim with its filing and record that nothing but its months speaks against; 24 of them untold."""
    layoff = Layoff(
        participant=Participant(participant_id=UUID(int=1), version=1),
        employer_registration=EMPLOYER,
        employer_name="PT Nusantara Tekstil Sejahtera",
        laid_off_on=laid_off_on,
        reason=SeparationReason.EFFICIENCY,
        contract=PermanentContract(started_on=date(2015, 1, 5)),
        proof=LayoffProof(
            kind=ProofKind.ACCEPTANCE_AND_RECEIPT,
            number="415/HI",
            issued_on=laid_off_on,
            office=Office.REGENCY,
        ),
        province="32",
        regency="3215",
        sex="male",
    )
    filing = ClaimFiled(
        participant=layoff.participant,
        account_version=1,
        filed_on=filed_on,
        commitment_version="kapk-1",
        commitment_sha256="c0" * 32,
    )
    record = _record(laid_off_on, months or tuple(_month(laid_off_on, back) for back in range(24, 0, -1)))
    return Claim(layoff=layoff, reports={"employer": layoff}, filing=filing, record=record)


def _month(laid_off_on: date, back: int, employer: str = EMPLOYER, *, paid: bool = True) -> ContributionMonth:
    """A month so many before the layoff's, paid in the month after."""
    first = laid_off_on.replace(day=1)
    return ContributionMonth(
        month=month_of(months_after(first, -back)),
        employer_registration=employer,
        wage_idr=4_200_000,
        paid_on=months_after(first, 1 - back) if paid else None,
    )


def _months(chance: Chance, laid_off_on: date) -> tuple[ContributionMonth, ...]:
    """Contributions at one employer or two, with or without gaps and arrears."""
    at_last_employer, arrears = chance.randrange(2, 30), chance.choice((0, 0, 0, 1, 2, 4, 7))
    share = chance.choice(PAID_OF_HUNDRED)
    return tuple(
        _month(laid_off_on, back, EMPLOYER if back <= at_last_employer else BEFORE, paid=back > arrears)
        for back in range(chance.choice(WORKED_MONTHS), -1, -1)
        if chance.randrange(100) < share
    )


def _record(laid_off_on: date, months: tuple[ContributionMonth, ...]) -> ContributionRecord:
    return ContributionRecord(
        source="bpjs-tk",
        record_id="record-1",
        as_of=start_of(laid_off_on),
        age_at_registration=30,
        citizenship="WNI",
        jkn_segment="PPU_BU",
        company_scale=CompanyScale.LARGE,
        programmes=("JKK", "JKM", "JHT", "JP"),
        employer_standing=EmployerStanding.OPERATING,
        reported_wage_idr=4_200_000,
        months=months,
        reemployed_on=None,
        earlier_benefits_first_paid_on=(),
        age_band="25_34",
    )


def _recorded(case: Case, changes: Changes) -> Case:
    assert case.claim.record is not None, "a filed claim has its record"
    return case._replace(claim=replace(case.claim, record=case.claim.record.model_copy(update=changes)))


def _laid_off(case: Case, changes: Changes) -> Case:
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    layoff = case.claim.layoff.model_copy(update=changes)
    return case._replace(claim=replace(case.claim, layoff=layoff, reports={"employer": layoff}))


def _person(case: Case, chance: Chance) -> Case:
    """Who the participant is, and how insured."""
    changes: tuple[Changes, ...] = (
        {"citizenship": "WNA"},
        {"age_at_registration": chance.choice((53, 54, 60))},
        {"programmes": ("JKK", "JKM", "JHT")},
        {"programmes": ("JKK", "JHT"), "company_scale": CompanyScale.MICRO},
        {"programmes": ("JKK", "JKM", "JHT"), "company_scale": CompanyScale.SMALL},
        {"jkn_segment": chance.choice(("PBPU", None))},
        {"reported_wage_idr": 0},
    )
    return _recorded(case, chance.choice(changes))


def _separation(case: Case, chance: Chance) -> Case:
    """Why and how the work ended."""
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    last = case.claim.layoff.laid_off_on + timedelta(days=chance.choice((-2, -1, 0, 1, 40)))
    contract: Contract = FixedTermContract(started_on=date(2021, 1, 4), ends_on=last)
    changes: tuple[Changes, ...] = (
        {"reason": SeparationReason.RESIGNATION},
        {"reason": SeparationReason.RETIREMENT},
        {"reason": SeparationReason.CONTRACT_EXPIRED},
        {"contract": contract},
        {"contract": contract},
    )
    return _laid_off(case, chance.choice(changes))


def _proof(case: Case, chance: Chance) -> Case:
    """With what it is proven."""
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    proof = case.claim.layoff.proof
    changes: Changes = chance.choice(
        (
            {"kind": chance.choice(list(ProofKind)), "office": chance.choice(list(Office))},
            {"issued_on": proof.issued_on + timedelta(days=chance.randrange(90))},
        )
    )
    return _laid_off(case, {"proof": proof.model_copy(update=changes)})


def _disputed(case: Case, chance: Chance) -> Case:
    """The participant says something else than the employer."""
    layoff = case.claim.layoff
    assert layoff is not None, "a filed claim has its layoff"
    said = layoff.model_copy(update={"reason": SeparationReason.RESIGNATION})
    ours, theirs = (layoff, said) if chance.random() < 0.5 else (said, layoff)
    return case._replace(
        claim=replace(case.claim, layoff=ours, reports={"employer": said, "participant": theirs})
    )


def _earlier(case: Case, chance: Chance) -> Case:
    """Benefits had before."""
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    back = chance.choice((6, 14, 26, 48))
    last = months_after(case.claim.layoff.laid_off_on, -back)
    benefits = tuple(months_after(last, -n) for n in range(chance.choice((1, 1, 2, 3))))
    return _recorded(case, {"earlier_benefits_first_paid_on": benefits})


def _insolvent(case: Case, chance: Chance) -> Case:
    """The employer does not run any more."""
    standing = chance.choice((EmployerStanding.BANKRUPT, EmployerStanding.CLOSED))
    return _recorded(case, {"employer_standing": standing})


def _work_or_death(case: Case, chance: Chance) -> Case:
    """New work, by the register or by word, or a death."""
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    since = case.claim.layoff.laid_off_on + timedelta(days=chance.choice((-3, 0, 1, 20)))
    if chance.random() < 0.5:
        return _recorded(case, {"reemployed_on": since})
    told: Changes = {"reemployed_since": since} if chance.random() < 0.5 else {"died_on": since}
    return case._replace(claim=replace(case.claim, **told))


def _other_employer(case: Case, chance: Chance) -> Case:
    """A job beside the lost one, or an employer who registered nobody."""
    assert case.claim.layoff is not None, "a filed claim has its layoff"
    assert case.claim.record is not None, "a filed claim has its record"
    if chance.random() < 0.3:
        return _recorded(case, {"registered": False, "months": ()})
    beside = _month(case.claim.layoff.laid_off_on, chance.choice((0, 1, 2)), BEFORE)
    return _recorded(case, {"months": (*case.claim.record.months, beside)})


def _reported(case: Case, chance: Chance) -> Case:
    """A wage lowered, or a record that ends some months before the work did."""
    assert case.claim.record is not None, "a filed claim has its record"
    if chance.random() < 0.5:
        return _recorded(case, {"reported_wage_idr": chance.choice((3_779_999, 3_780_000, 4_000_000))})
    return _recorded(case, {"months": case.claim.record.months[: -chance.randrange(1, 6)]})


FAULTS: tuple[Callable[[Case, Chance], Case], ...] = (
    _person,
    _separation,
    _proof,
    _disputed,
    _earlier,
    _insolvent,
    _work_or_death,
    _other_employer,
    _reported,
)
