"""Open questions as integrators see them: what is asked, which months wait, and whose turn it is."""

from support.knocking import Knocker, contributions, decision, stand_at

from api.examples import officers as desk_examples
from api.http.receiving import Backend


async def test_an_approved_claim_that_nobody_doubts_has_no_question(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    assert (await portal.asks(claim_id, "/questions"))["questions"] == []


async def test_a_referral_is_question_nought_and_the_documents_are_question_one(portal: Knocker) -> None:
    claim_id = await portal.referred_claim()
    request = desk_examples.DOCUMENT_REQUEST["two_documents"]["value"]
    await portal.says(claim_id, "document-requests", request)
    referral, documents = (await portal.asks(claim_id, "/questions?language=en"))["questions"]

    assert (referral["question"], referral["ground"], referral["owner"]) == (
        0,
        "proof_not_accepted",
        "officer",
    )
    # Three working days for the officer, seven for the claimant, both from Monday 10 March.
    assert (referral["due_at"], referral["answer_until"]) == ("2025-03-13T17:00:00Z", "2025-03-19T17:00:00Z")
    assert documents == {
        "question": 1,
        "ground": "documents_missing",
        "why": "Documents are missing",
        "article": referral["article"],
        "months": [],
        "documents": ["proof_of_layoff", "wage_slip"],
        "answer_until": "2025-03-19T17:00:00Z",
        "answered": False,
        "owner": "claimant",
        "due_at": "2025-03-19T17:00:00Z",
    }


async def test_new_work_in_the_register_holds_the_months_until_an_officer_decides(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()
    await stand_at(backend, "2025-05-12T10:00:00")
    at_work = contributions(reemployed_on="2025-05-02", record_id="iuran-2")
    await portal.says(claim_id, "contribution-records", at_work)

    [asked] = (await portal.asks(claim_id, "/questions"))["questions"]
    assert (asked["question"], asked["ground"], asked["months"]) == (1, "reemployed", [3, 4, 5, 6])
    assert (asked["owner"], asked["answered"]) == ("claimant", False)

    answer = {"question": 1, "statement": "disagrees", "reference": "keterangan-1"}
    assert await portal.ground(claim_id, "answers", answer) == "counts"
    [heard] = (await portal.asks(claim_id, "/questions"))["questions"]
    assert (heard["owner"], heard["answered"]) == ("officer", True)

    assert await portal.ground(claim_id, "officer-decisions", decision(True, question=1)) == "counts"
    assert (await portal.asks(claim_id, "/questions"))["questions"] == []
    assert await portal.ground(claim_id, "answers", answer) == "no_open_question"


async def test_a_question_found_true_ends_what_it_held(portal: Knocker, backend: Backend) -> None:
    claim_id = await portal.insured_claim()
    await portal.says(claim_id, "contribution-records", contributions(reemployed_on="2025-03-10"))
    [asked] = (await portal.asks(claim_id, "/questions"))["questions"]
    found = decision(False, question=1)
    assert await portal.ground(claim_id, "officer-decisions", found) == "claimant_not_heard"

    # The first instant after the time to answer.
    assert asked["answer_until"] == "2025-03-19T17:00:00Z"
    await stand_at(backend, "2025-03-20T00:00:00")
    assert await portal.ground(claim_id, "officer-decisions", found) == "counts"
    assert (await portal.asks(claim_id))["status"] == "ceased"


async def test_a_claim_that_was_withdrawn_is_asked_nothing(portal: Knocker) -> None:
    claim_id = await portal.referred_claim()
    await portal.says(claim_id, "withdrawal", {"reason": "filed by mistake"})
    assert (await portal.asks(claim_id, "/questions"))["questions"] == []
