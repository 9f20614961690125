"""Claimants by the hundred: nobody of them exists, every one is eligible for all six months."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from law.periods import months_after
from sandbox.world import BankAccount, Person
from store.ids import new_id

EMPLOYER = "NPP-32150417"
CONTRIBUTION_MONTHS = 24
PER_BIRTHDAY = 9_999


def claimants(laid_off_on: date, key: str = "bench") -> Iterator[Person]:
    """As many people as are asked for, all laid off on one day."""
    for number in count():
        yield _claimant(number, laid_off_on, key)


def _claimant(number: int, laid_off_on: date, key: str) -> Person:
    born_on = date(1980, 1, 1) + timedelta(days=number // PER_BIRTHDAY)
    nik = f"317101{born_on:%d%m%y}{number % PER_BIRTHDAY + 1:04d}"
    membership = f"{20_000_000_000 + number}"
    return Person(
        key=f"{key}-{number}",
        nik=nik,
        email=f"{key}-{number}@surel.example",
        account=BankAccount("014", f"{6_000_000_000 + number}", "Peserta Uji"),
        record=contribution_record(membership, laid_off_on),
        reports=(_report(nik, born_on, membership, laid_off_on, f"{key}-{number}"),),
    )


def contribution_record(membership: str, laid_off_on: date) -> dict[str, object]:
    """What BPJS Ketenagakerjaan knows: two years of contributions up to the layoff."""
    months = [months_after(laid_off_on.replace(day=1), -back) for back in range(1, CONTRIBUTION_MONTHS + 1)]
    return {
        "membership_number": membership,
        "registered_on": months[-1].isoformat(),
        "citizenship": "WNI",
        "jkn_segment": "PPU_BU",
        "company_scale": "large",
        "programmes": ["JKK", "JKM", "JHT", "JP"],
        "employer_standing": "operating",
        "reported_wage_idr": 5_000_000,
        "months": [
            {
                "month": f"{month:%Y-%m}",
                "employer_registration": EMPLOYER,
                "wage_idr": 5_000_000,
                "paid_on": months_after(month, 1).isoformat(),
            }
            for month in sorted(months)
        ],
    }


def _report(nik: str, born_on: date, membership: str, laid_off_on: date, key: str) -> dict[str, object]:
    told_on = laid_off_on + timedelta(days=2)
    return {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": "https://siapkerja.kemnaker.go.id/phk/wajib-lapor",
        "type": "id.go.kemnaker.siapkerja.phk.dilaporkan.v1",
        "subject": f"PHK-{key}",
        "time": f"{told_on.isoformat()}T02:00:00Z",
        "datacontenttype": "application/json",
        "data": {
            "employer": {
                "name": "PT Nusantara Tekstil Sejahtera",
                "domicile": "Karawang, Jawa Barat",
                "registration": EMPLOYER,
            },
            "worker": {
                "name": "Peserta Uji",
                "address": "Jalan Uji 1, Jakarta",
                "province": "31",
                "regency": "3171",
                "membership_number": membership,
                "nik": nik,
                "born_on": born_on.isoformat(),
                "email": f"{key}@surel.example",
            },
            "contract": {"kind": "permanent", "started_on": "2022-07-01"},
            "laid_off_on": laid_off_on.isoformat(),
            "reason": "efficiency",
            "proof": {
                "kind": "acceptance_and_receipt",
                "number": "415/HI/3171/2025",
                "issued_on": told_on.isoformat(),
                "office": "regency",
            },
            "reported_by": "employer",
        },
    }
