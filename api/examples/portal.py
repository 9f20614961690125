"""Examples of the OpenAPI document: Budi of Bandung, laid off on 3 March 2025. A test sends them."""

from typing import Any

CLAIM_ID = "0199d1c8-1b5e-7cc0-8a53-5f0f2f7a9d10"
MONTHS = "Peraturan BPJS Ketenagakerjaan 1/2022"
SEARCH = "Permenaker 2/2025 Pasal 13(4)"

Examples = dict[str, Any]


def named(**values: Any) -> Examples:
    """Examples of a body, by what they show."""
    return {name: {"summary": name.replace("_", " "), "value": value} for name, value in values.items()}


LAYOFF_DATA: Examples = {
    "employer": {
        "name": "PT Tekstil Nusantara",
        "domicile": "Jalan Soekarno Hatta 100, Bandung",
        "registration": "NPP-32-000117",
    },
    "worker": {
        "name": "Budi Santoso",
        "address": "Jalan Melati 7, Bandung",
        "province": "32",
        "regency": "3273",
        "membership_number": "12345678901",
        "nik": "3273011708850001",
        "born_on": "1985-08-17",
        "email": "budi@example.com",
    },
    "contract": {"kind": "permanent", "started_on": "2019-01-07"},
    "laid_off_on": "2025-03-03",
    "reason": "efficiency",
    "proof": {
        "kind": "acceptance_and_receipt",
        "number": "PHK/2025/0117",
        "issued_on": "2025-03-03",
        "office": "regency",
    },
    "reported_by": "employer",
}
LAYOFF_EVENT: Examples = {
    "specversion": "1.0",
    "id": "phk-2025-0117",
    "source": "https://siapkerja.example/phk",
    "type": "id.go.kemnaker.siapkerja.phk.dilaporkan.v1",
    "time": "2025-03-04T02:00:00Z",
    "datacontenttype": "application/json",
    "data": LAYOFF_DATA,
}
FILING = named(
    with_a_bank_account={
        "nik": "3273011708850001",
        "bank_account": {
            "bank_code": "002",
            "account_number": "001701000001",
            "holder_name": "Budi Santoso",
        },
        "commitment": {
            "version": "kapk-2025-1",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        },
    }
)
SELF_ASSESSMENT = named(completed={"form_version": "asesmen-1", "completed_on": "2025-03-12"})
JOB_APPLICATIONS = named(
    one_application={
        "efforts": [
            {
                "reference": "lamaran-1",
                "company": "PT Maju Garmen",
                "position": "operator",
                "done_on": "2025-03-14",
            }
        ]
    },
    an_interview_call={
        "efforts": [
            {
                "reference": "panggilan-1",
                "kind": "interview_call",
                "company": "PT Maju Garmen",
                "position": "operator",
                "done_on": "2025-03-21",
            }
        ]
    },
    passed_on_late={
        "efforts": [
            {
                "reference": "lamaran-2",
                "company": "PT Maju Garmen",
                "position": "operator",
                "done_on": "2025-03-08",
                "state": "sent",
                "told_at": "2025-03-08T11:30:00+07:00",
            }
        ]
    },
)
COUNSELLING = named(
    attended={"attended_on": "2025-03-18", "office": "disnaker-3273", "recommendation": "menjahit-1"}
)
TRAINING_ATTENDANCE = named(
    two_sessions={
        "provider": "lpk-3273-01",
        "course": "menjahit-1",
        "recommendation": "menjahit-1",
        "sessions": [
            {"session": "menjahit-1/1", "held_on": "2025-03-24", "attendance": "attended"},
            {"session": "menjahit-1/2", "held_on": "2025-03-25", "attendance": "excused"},
        ],
    }
)
CERTIFICATION = named(without_work={"without_work": True})
BANK_ACCOUNT = named(
    another_account={"bank_code": "014", "account_number": "0017010002", "holder_name": "Budi Santoso"}
)
EMAIL_CHANGE = named(another_address={"nik": "3273011708850001", "email": "budi@example.org"})
REEMPLOYMENT = named(
    since={"since": "2025-05-05"}, own_business={"since": "2025-05-05", "work": "own_business"}
)
WITHDRAWAL = named(withdrawn={"reason": "filed by mistake"})
DEATH = named(died={"died_on": "2025-03-09"})
ANSWER = named(
    disagrees={"question": 1, "statement": "disagrees", "reference": "keterangan-1"},
    to_the_referral={"question": 0, "statement": "sends_documents", "reference": "berkas-7"},
)
OBJECTION = named(
    to_the_refusal={"what": "refusal", "reference": "keberatan-1"},
    to_the_loss_of_a_month={"what": "month", "month": 2, "reference": "keberatan-2"},
    to_the_end_of_the_benefit={"what": "cessation", "reference": "keberatan-3"},
)
APPLICATION_WITHDRAWAL = named(taken_back={"reference": "lamaran-1"})

STEP: Examples = {
    "status": "in_benefit",
    "benefit_month": 2,
    "awaited": [
        {
            "what": "job_search",
            "owner": "claimant",
            "until": "2025-04-15T17:00:00Z",
            "article": MONTHS,
            "consequence": "month_forfeited",
            "otherwise": "manfaat bulan itu tidak dibayarkan",
            "month": 2,
            "binds": True,
        }
    ],
    "next_at": "2025-04-09T17:00:00Z",
}
TOLD: Examples = {
    "claim_id": CLAIM_ID,
    "verdict": {"counts": True, "ground": "counts", "article": "Permenaker 2/2025 Pasal 13(2)"},
    "efforts": [],
    "months": [],
    "step": STEP,
}
FILING_RESPONSE: Examples = {
    **TOLD,
    "verdict": {
        "counts": True,
        "ground": "counts",
        "article": "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)",
    },
    "step": {
        "status": "validating",
        "benefit_month": 0,
        "awaited": [
            {
                "what": "contribution_record",
                "owner": "bpjs",
                "until": "2025-03-13T17:00:00Z",
                "article": "Permenaker 2/2025 Pasal 13(6)",
                "consequence": "bpjs_asked_again",
                "otherwise": "BPJS Ketenagakerjaan ditanya lagi",
                "month": 0,
                "binds": True,
            }
        ],
        "next_at": None,
    },
}
JOB_APPLICATIONS_RESPONSE: Examples = {
    **TOLD,
    "verdict": {"counts": True, "ground": "counts", "article": SEARCH},
    "efforts": [
        {
            "reference": "lamaran-1",
            "month": 2,
            "verdict": {"counts": True, "ground": "counts", "article": SEARCH},
        }
    ],
    "months": [
        {
            "month": 2,
            "applications": 1,
            "applications_needed": 5,
            "interview_calls": 0,
            "enough": False,
            "window_opens_at": "2025-04-09T17:00:00Z",
            "window_closes_at": "2025-04-15T17:00:00Z",
        }
    ],
}
REPORTED: Examples = {
    "claim_id": CLAIM_ID,
    "joined": False,
    "verdict": {"counts": True, "ground": "counts", "article": "Permenaker 2/2025 Pasal 9"},
    "step": {
        "status": "reported",
        "benefit_month": 0,
        "awaited": [
            {
                "what": "filing",
                "owner": "claimant",
                "until": "2025-09-03T17:00:00Z",
                "article": "PP 37/2021 as amended by PP 6/2025 Pasal 40(a)",
                "consequence": "right_lapses",
                "otherwise": "hak atas manfaat hilang",
                "month": 0,
                "binds": True,
            }
        ],
        "next_at": "2025-08-20T17:00:00Z",
    },
}
STATUS: Examples = {
    "claim_id": CLAIM_ID,
    "at": "2025-03-14T03:00:00Z",
    "status": "in_benefit",
    "benefit_month": 2,
    "step": STEP,
    "questions": [],
    "months": [
        {
            "month": 1,
            "state": "paid",
            "amount_idr": 3000000,
            "ground": None,
            "article": None,
            "explained": [],
            "search": None,
        },
        {
            "month": 2,
            "state": "awaited",
            "amount_idr": None,
            "ground": None,
            "article": None,
            "explained": [],
            "search": JOB_APPLICATIONS_RESPONSE["months"][0],
        },
    ],
    "payer": "bpjs",
}
TIMELINE: Examples = {
    "claim_id": CLAIM_ID,
    "events": [
        {
            "version": 1,
            "type": "layoff_reported",
            "recorded_at": "2025-03-04T02:00:00Z",
            "effective_at": "2025-03-04T02:00:00Z",
            "actor": "portal:siapkerja",
            "summary": "PHK pada 3 Maret 2025 dilaporkan oleh perusahaan.",
        }
    ],
}
DECISIONS: Examples = {
    "claim_id": CLAIM_ID,
    "decisions": [
        {
            "version": 4,
            "type": "claim_approved",
            "recorded_at": "2025-03-10T03:00:05Z",
            "effective_at": "2025-03-10T03:00:05Z",
            "actor": "bpjs",
            "month": 0,
            "regime": "2025",
            "ground": "met",
            "article": "",
            "amount_idr": None,
            "rate": None,
            "insured_wage_idr": None,
            "until": None,
            "reasons": [
                {
                    "condition": "contribution_months",
                    "result": "met",
                    "ground": "met",
                    "article": "PP 37/2021 as amended by PP 6/2025 Pasal 19(3)",
                    "facts": {"paid_months": 24, "needed": 12, "lookback_months": 24},
                    "source": "bpjs-tk",
                    "known_at": "2025-03-10T03:00:00Z",
                }
            ],
            "why": "Syarat terpenuhi",
            "explained": [
                {
                    "condition": "Masa iur",
                    "result": "terpenuhi",
                    "why": "Syarat terpenuhi",
                    "found": "Tercatat 24 bulan iuran lunas dari 12 bulan yang disyaratkan, "
                    "dalam 24 bulan kalender sebelum PHK",
                    "article": "PP 37/2021 jo. PP 6/2025 Pasal 19(3)",
                    "source": "catatan kepesertaan",
                    "as_of": "10 Maret 2025",
                    "change": "",
                }
            ],
        }
    ],
}
PAYMENTS: Examples = {
    "claim_id": CLAIM_ID,
    "orders": [
        {
            "order_id": "0199d1c9-8f0e-7f11-b1c5-9a1d1a6f0c22",
            "month": 1,
            "attempt": 1,
            "amount_idr": 3000000,
            "state": "settled",
            "bank_reference": "20250310000000000001",
        }
    ],
    "totals": {"authorized_idr": 3000000, "paid_idr": 3000000, "open_idr": 0},
}
