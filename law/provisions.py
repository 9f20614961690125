"""Ketentuan yang berlaku: what the law says on a day, by the name of a rule, with its article.

Most rules are fields of the tables by which things are decided; the rest stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from law.contribution_rates import CONTRIBUTIONS
from law.duty_terms import DUTIES, REPORTS
from law.regimes import LAW, PP6, PP37
from law.rules import Law, Sourced


@dataclass(frozen=True)
class Provision:
    """What the law says of one thing from a day on, until a later one of the same name."""

    name: str
    in_force_from: date
    says: Sourced[Any]


# Articles that set no value of a table: whatever is decided by them names them so, under either regime.
REGISTRATION, REGISTRATION_AMENDED = f"{PP37} Pasal 4(1)", f"{PP6} Pasal 4(1)"
CHOICE_OF_JOB = f"{PP37} Pasal 8"
WAGE_UNDERREPORTED = f"{PP37} Pasal 23"
NEVER_REGISTERED = f"{PP37} Pasal 37"
EMPLOYER_FIRST = f"{PP37} Pasal 39(3)"
REIMBURSEMENT = f"{PP37} Pasal 39(4)-(6)"
INSPECTION = f"{PP37} Pasal 44"
SANCTIONS = f"{PP37} Pasal 46"
BEGINNING = f"{PP37} Pasal 50"

BEGAN_ON, AMENDED_ON, PMK_26_ON = date(2021, 2, 2), date(2025, 2, 7), date(2025, 4, 14)
CHANNEL = "Sistem Informasi Ketenagakerjaan (SIAPkerja)"
# The citations name only what was seen of the ministerial and financial regulations (records 18, 19).
PROVISIONS = (
    Provision("legal_basis", BEGAN_ON, Sourced(PP37, f"{PP37} Pasal 50")),
    Provision("legal_basis", AMENDED_ON, Sourced(PP6, "PP 6/2025 Pasal II")),
    Provision("programme_in_force_from", BEGAN_ON, Sourced(BEGAN_ON, f"{PP37} Pasal 50")),
    Provision("ministerial_regulation", BEGAN_ON, Sourced("Permenaker 15/2021", "Permenaker 15/2021")),
    Provision(
        "ministerial_regulation", AMENDED_ON, Sourced("Permenaker 2/2025", "Permenaker 2/2025 Pasal II")
    ),
    Provision(
        "bpjs_regulation",
        date(2022, 1, 26),
        Sourced("Peraturan BPJS Ketenagakerjaan 1/2022", "Peraturan BPJS Ketenagakerjaan 1/2022"),
    ),
    Provision("claim_channel", BEGAN_ON, Sourced(CHANNEL, "Permenaker 15/2021 Pasal 13(1)")),
    Provision("claim_channel", AMENDED_ON, Sourced(CHANNEL, "Permenaker 2/2025 Pasal 13(1)")),
    Provision("government_share_billed_by", BEGAN_ON, Sourced("BPJS Ketenagakerjaan", "PMK 148/PMK.02/2021")),
    Provision("government_share_billed_by", PMK_26_ON, Sourced("BPJS Ketenagakerjaan", "PMK 26/2025")),
    Provision("government_share_billed_to", BEGAN_ON, Sourced("Pemerintah Pusat", "PMK 148/PMK.02/2021")),
    Provision("government_share_billed_to", PMK_26_ON, Sourced("Pemerintah Pusat", "PMK 26/2025")),
    Provision("counselling_is_condition", BEGAN_ON, Sourced(False, "Permenaker 15/2021 Pasal 13(3)")),
    Provision("counselling_is_condition", AMENDED_ON, Sourced(False, "Permenaker 2/2025 Pasal 13(3)")),
    Provision("training_is_compulsory", BEGAN_ON, Sourced(False, "Permenaker 15/2021 Pasal 13(3)b")),
    Provision("training_is_compulsory", AMENDED_ON, Sourced(False, "Permenaker 2/2025 Pasal 13(3)b")),
    Provision("benefit_can_be_postponed", BEGAN_ON, Sourced(False, f"{PP37} Pasal 40(b)")),
    Provision("benefit_can_be_postponed", AMENDED_ON, Sourced(False, f"{PP6} Pasal 40(b)")),
)


def provision(name: str, on: date, law: Law = LAW) -> Sourced[Any] | None:
    """What a rule says on a day, and where; None before anything was in force. The name must be known."""
    assert name in provision_names(law), f"no rule is called {name}"
    if on < law.regimes[0].in_force_from:
        return None
    said = [one.says for one in PROVISIONS if one.name == name and one.in_force_from <= on]
    if said or name in {one.name for one in PROVISIONS}:
        return said[-1] if said else None
    return next(cited for field, cited in _tables(on, law) if field == name)


def provision_names(law: Law = LAW) -> frozenset[str]:
    """Every name that `provision` knows."""
    day = law.regimes[-1].in_force_from
    return frozenset({one.name for one in PROVISIONS} | {name for name, _ in _tables(day, law)})


def _tables(on: date, law: Law) -> Iterator[tuple[str, Sourced[Any]]]:
    """The cited fields of the tables in force on a day."""
    rates = [one for one in CONTRIBUTIONS.rates if one.in_force_from <= on]
    for requirement in law.in_force_on(on).month_requirements:
        yield f"{requirement.condition}_binds", Sourced(requirement.binds, requirement.citation)
    for table in (law.in_force_on(on), rates[-1], DUTIES, REPORTS, CONTRIBUTIONS):
        for field in fields(table):
            if isinstance(value := getattr(table, field.name), Sourced):
                yield field.name, value
