"""Examples of what officers say, and of questions: the same Budi. A test sends them."""

from typing import Any

from api.examples.portal import CLAIM_ID, STEP, TOLD, Examples, named

HEARING = "assumption: docs/decisions/0029-nobody-loses-by-silence.md"
OFFICER = "nip-198001012005011001"

OFFICER_DECISION = named(
    approved={"actor": OFFICER, "approves": True, "reason": "receipt seen at the office"},
    a_question_found_true={
        "actor": OFFICER,
        "approves": False,
        "reason": "the new employer confirms the day",
        "question": 1,
    },
    approved_with_the_employer_paying_first={
        "actor": OFFICER,
        "approves": True,
        "reason": "seven months in arrears, the company runs",
        "payer": "employer",
    },
)
CORRECTION = named(
    a_month={
        "actor": OFFICER,
        "what": "month",
        "month": 2,
        "reason": "the portal confirms that it was down",
    },
    a_refusal={"actor": OFFICER, "what": "refusal", "reason": "the wage slips show twelve months"},
    an_objection_dismissed={
        "actor": OFFICER,
        "what": "cessation",
        "reason": "the new employer confirms the day",
        "founded": False,
    },
)
PERSON_DATA_DECISION = named(
    adopted={"actor": OFFICER, "version": 2, "adopts": True, "reason": "identity card seen"},
    kept={"actor": OFFICER, "version": 2, "adopts": False, "reason": "the claimant knows nothing of it"},
)
DOCUMENT_REQUEST = named(
    two_documents={"actor": OFFICER, "documents": ["proof_of_layoff", "wage_slip"]},
)
RECORD_REQUEST = named(arrears_paid={"reason": "the employer paid its arrears"})
CONTRIBUTION_RECORD = named(
    two_months={
        "source": "bpjs-tk",
        "record_id": "iuran-2025-0117-2",
        "as_of": "2025-03-10T00:00:00+07:00",
        "registered_on": "2019-01-07",
        "citizenship": "WNI",
        "jkn_segment": "PPU_BU",
        "company_scale": "large",
        "programmes": ["JKK", "JKM", "JHT", "JP"],
        "employer_standing": "operating",
        "reported_wage_idr": 5_000_000,
        "months": [
            {
                "month": "2025-01",
                "employer_registration": "NPP-32-000117",
                "wage_idr": 5_000_000,
                "paid_on": "2025-02-14",
            },
            {
                "month": "2025-02",
                "employer_registration": "NPP-32-000117",
                "wage_idr": 5_000_000,
                "paid_on": None,
            },
        ],
        "reemployed_on": None,
        "earlier_benefits": [],
    },
    never_registered={
        "source": "bpjs-tk",
        "record_id": "iuran-2025-0117-3",
        "as_of": "2025-03-10T00:00:00+07:00",
        "registered_on": None,
        "citizenship": "WNI",
        "jkn_segment": "PBPU",
        "company_scale": "medium",
        "programmes": [],
        "employer_standing": "operating",
        "reported_wage_idr": 0,
        "months": [],
    },
)
EMPLOYER_PAYMENT = named(
    month_1={"month": 1, "amount_idr": 3_000_000, "paid_on": "2025-03-10", "reference": "slip-2025-03"}
)
REIMBURSEMENT_REQUEST = named(
    arrears_settled={"reference": "surat-7-2025", "arrears_settled_on": "2025-03-08"},
    arrears_open={"reference": "surat-8-2025", "arrears_settled_on": None},
)
TRUE_WAGE = named(
    found={"actor": "nip-197505052000031002", "true_wage_idr": 6_500_000, "reference": "nota-12-2025"}
)

_DOCUMENTS: dict[str, Any] = {
    "what": "documents",
    "owner": "claimant",
    "until": "2025-03-19T17:00:00Z",
    "article": HEARING,
    "consequence": "decided_on_what_is_known",
    "otherwise": "petugas memutuskan menurut data yang ada",
    "month": 0,
    "binds": False,
}
DOCUMENT_REQUEST_RESPONSE: Examples = {
    **TOLD,
    "verdict": {"counts": True, "ground": "counts", "article": HEARING},
    "step": {**STEP, "status": "referred", "benefit_month": 0, "awaited": [_DOCUMENTS]},
}
OPEN_QUESTION: Examples = {
    "question": 1,
    "ground": "documents_missing",
    "why": "Dokumen belum lengkap",
    "article": "PP 37/2021 Pasal 20(3)",
    "months": [],
    "documents": ["proof_of_layoff", "wage_slip"],
    "answer_until": "2025-03-19T17:00:00Z",
    "answered": False,
    "owner": "claimant",
    "due_at": "2025-03-19T17:00:00Z",
}
QUESTIONS: Examples = {"claim_id": CLAIM_ID, "questions": [OPEN_QUESTION]}
