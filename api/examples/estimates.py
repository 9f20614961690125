"""Examples of the OpenAPI document: an estimate, a check without a claim, the dates of Budi's claim."""

from typing import Any

from api.examples.portal import CLAIM_ID, MONTHS, SEARCH, Examples

PP6 = "PP 37/2021 as amended by PP 6/2025"
ROUNDING = "assumption: docs/decisions/0003-rounding.md"
WINDOWS = "assumption: docs/decisions/0018-windows-of-the-months.md; Peraturan BPJS Ketenagakerjaan 1/2022"
MONTH_ENDS = "assumption: docs/decisions/0005-time-zone-and-month-ends.md"


def _named(**values: Any) -> Examples:
    return {name: {"summary": name.replace("_", " "), "value": value} for name, value in values.items()}


ESTIMATE_QUESTION: Examples = {
    "wage_idr": 5_000_000,
    "laid_off_on": "2025-03-03",
    "filed_on": "2025-03-10",
}
ESTIMATE_QUESTIONS = _named(
    a_wage_and_two_days=ESTIMATE_QUESTION,
    decided_later_and_for_another_reason={
        "wage_idr": 8_000_000,
        "laid_off_on": "2024-12-02",
        "filed_on": "2024-12-10",
        "decided_on": "2024-12-12",
        "reason": "bankruptcy",
    },
)
PRECHECK_QUESTION: Examples = {
    "on": "2025-03-10",
    "laid_off_on": "2025-03-03",
    "reason": "efficiency",
    "contract": {"kind": "permanent", "started_on": "2019-01-07"},
    "proof": "acceptance_and_receipt",
    "office": "regency",
    "wage_idr": 5_000_000,
    "months": [{"month": f"2024-{month:02d}", "paid_on": f"2024-{month:02d}-28"} for month in range(1, 13)],
    "age_at_registration": 30,
    "citizenship": "WNI",
    "jkn_segment": "PPU_BU",
    "company_scale": "large",
    "programmes": ["JKK", "JKM", "JHT", "JP"],
}
PRECHECK_QUESTIONS = _named(twelve_months_paid=PRECHECK_QUESTION)
_DATES = (
    ("2025-03-10", "2025-03-02", "2025-09-03"),
    ("2025-04-10", "2025-04-09", "2025-04-15"),
    ("2025-05-10", "2025-05-09", "2025-05-15"),
    ("2025-06-10", "2025-06-09", "2025-06-15"),
    ("2025-07-10", "2025-07-09", "2025-07-15"),
    ("2025-08-10", "2025-08-31", "2025-09-09"),
)
ESTIMATE: Examples = {
    "outcome": "payable",
    "regime": "2025",
    "decided_on": "2025-03-10",
    "condition": None,
    "explained": None,
    "rows": [
        {
            "month": month,
            "reference_date": reference,
            "opens_at": f"{opens}T17:00:00Z",
            "closes_at": f"{last}T17:00:00Z",
            "last_day": last,
            "regime": "2025",
            "rate": "0.60",
            "insured_wage_idr": 5_000_000,
            "amount_idr": 3_000_000,
            "article": f"{PP6} Pasal 21(1)",
            "window_article": MONTHS if month > 1 else f"{PP6} Pasal 40(a)",
            "assumptions": [ROUNDING, MONTH_ENDS] if month == 1 else [ROUNDING, WINDOWS, MONTH_ENDS],
        }
        for month, (reference, opens, last) in enumerate(_DATES, 1)
    ],
    "total_idr": 18_000_000,
    "assumptions": ["the claim is approved on 2025-03-10"],
    "calendar_version": "holidays 0.108",
}
PRECHECK: Examples = {
    "outcome": "payable",
    "regime": "2025",
    "on": "2025-03-10",
    "may_file_until": "2025-09-03T17:00:00Z",
    "reasons": [
        {
            "condition": "contribution_months",
            "result": "met",
            "ground": "met",
            "article": f"{PP6} Pasal 19(3)",
            "facts": {"paid_months": 12, "needed": 12, "lookback_months": 24},
            "source": "precheck",
            "known_at": "2025-03-09T17:00:00Z",
        }
    ],
    "explained": [
        {
            "condition": "Masa iur",
            "result": "terpenuhi",
            "why": "Syarat terpenuhi",
            "found": "Tercatat 12 bulan iuran lunas dari 12 bulan yang disyaratkan, "
            "dalam 24 bulan kalender sebelum PHK",
            "article": "PP 37/2021 jo. PP 6/2025 Pasal 19(3)",
            "source": "keterangan yang diberikan",
            "as_of": "10 Maret 2025",
            "change": "",
        }
    ],
    "calendar_version": "holidays 0.108",
}
DEADLINES: Examples = {
    "claim_id": CLAIM_ID,
    "at": "2025-03-14T03:00:00Z",
    "deadlines": [
        {
            "what": "search_period",
            "month": 2,
            "owner": "claimant",
            "opens_at": "2025-03-09T17:00:00Z",
            "closes_at": "2025-04-09T17:00:00Z",
            "last_day": "2025-04-09",
            "rule": "5 applications or 1 call to an interview in the days that count for the month",
            "article": SEARCH,
            "calendar_version": "holidays 0.108",
            "passed": False,
            "done": False,
        },
        {
            "what": "certification",
            "month": 2,
            "owner": "claimant",
            "opens_at": "2025-04-09T17:00:00Z",
            "closes_at": "2025-04-15T17:00:00Z",
            "last_day": "2025-04-15",
            "rule": "5 days after the reference date",
            "article": MONTHS,
            "calendar_version": "holidays 0.108",
            "passed": False,
            "done": False,
        },
    ],
}
