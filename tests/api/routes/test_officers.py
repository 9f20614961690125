"""What officers, employers, inspectors and BPJS say at the HTTP API, and what the claim then stands at."""

from typing import Any
from uuid import UUID

import pytest
from support.knocking import CORRECTED, Knocker, contributions, decision

from api.examples import officers as desk_examples
from api.examples import portal as examples
from api.http.receiving import Backend
from claims.events import ContributionRecordReceived, EmployerOwes, MonthAdjusted
from store.claims.history import recorded_events

OFFICER = "nip-198001012005011001"


async def claim_in_arrears(portal: Knocker) -> str:
    """Seven months unpaid by an employer that runs."""
    return await portal.insured_claim(contributions(paid=24, owed=7))


async def test_a_record_that_bpjs_sends_decides_the_claim_and_names_nobody(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()

    assert (await portal.asks(claim_id))["status"] == "in_benefit"
    events = [recorded.event for recorded in await recorded_events(backend.pool, UUID(claim_id))]
    [received] = [event for event in events if isinstance(event, ContributionRecordReceived)]
    assert (received.record.age_at_registration, received.record.age_band) == (35, "35_44")
    assert "1985" not in received.model_dump_json()


async def test_a_later_record_with_a_higher_wage_pays_the_difference(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()
    raised = contributions(wage_idr=4_500_000, record_id="iuran-2")
    assert await portal.ground(claim_id, "contribution-records", raised) == "counts"

    events = [recorded.event for recorded in await recorded_events(backend.pool, UUID(claim_id))]
    [adjusted] = [event for event in events if isinstance(event, MonthAdjusted)]
    assert (adjusted.was_idr, adjusted.becomes_idr, adjusted.difference_idr) == (
        2_400_000,
        2_700_000,
        300_000,
    )
    payments = await portal.asks(claim_id, "/payments")
    assert [order["amount_idr"] for order in payments["orders"]] == [2_400_000, 300_000]


async def test_the_same_record_again_is_known(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    assert await portal.ground(claim_id, "contribution-records", contributions()) == "already_recorded"


@pytest.mark.parametrize("field", ["nik", "membership_number", "born_on"])
async def test_a_record_that_names_somebody_is_refused(threshold: Knocker, field: str) -> None:
    response = await threshold.says(examples.CLAIM_ID, "contribution-records", contributions() | {field: "1"})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, f"#/{field}")


async def test_who_was_never_registered_has_no_months(portal: Knocker, threshold: Knocker) -> None:
    never = desk_examples.CONTRIBUTION_RECORD["never_registered"]["value"]
    claim_id = await portal.insured_claim(never)
    assert (await portal.asks(claim_id))["status"] == "referred"

    with_months = never | {"months": contributions()["months"]}
    response = await threshold.says(claim_id, "contribution-records", with_months)
    assert response.json()["errors"] == [
        {
            "pointer": "#/months",
            "code": "value_error",
            "message": "must be empty for who was never registered",
        }
    ]


async def test_a_record_of_a_claim_nobody_knows(portal: Knocker) -> None:
    response = await portal.says(examples.CLAIM_ID, "contribution-records", contributions())
    assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")


async def test_a_referred_claim_is_refused_only_after_the_claimant_was_heard(portal: Knocker) -> None:
    claim_id = await portal.referred_claim()
    assert await portal.ground(claim_id, "officer-decisions", decision(False)) == "claimant_not_heard"

    answer = {"question": 0, "statement": "disagrees", "reference": "keterangan-1"}
    assert await portal.ground(claim_id, "answers", answer) == "counts"
    assert await portal.ground(claim_id, "officer-decisions", decision(False)) == "counts"
    assert (await portal.asks(claim_id))["status"] == "denied"


async def test_documents_that_an_officer_asks_for_are_awaited_of_the_claimant(portal: Knocker) -> None:
    claim_id = await portal.referred_claim()
    request = desk_examples.DOCUMENT_REQUEST["two_documents"]["value"]
    response = await portal.says(claim_id, "document-requests", request)

    waits = [(wait["what"], wait["owner"]) for wait in response.json()["step"]["awaited"]]
    assert waits == [("officer_decision", "officer"), ("answer", "claimant"), ("documents", "claimant")]
    timeline = (await portal.asks(claim_id, "/timeline"))["events"]
    assert (timeline[-1]["type"], timeline[-1]["actor"]) == ("question_asked", f"officer:{OFFICER}")


async def test_a_refusal_is_objected_to_and_put_right(portal: Knocker) -> None:
    claim_id = await portal.referred_claim()
    answer = {"question": 0, "statement": "disagrees", "reference": "keterangan-1"}
    await portal.says(claim_id, "answers", answer)
    await portal.says(claim_id, "officer-decisions", decision(False))
    objection = examples.OBJECTION["to_the_refusal"]["value"]
    told = (await portal.says(claim_id, "objections", objection)).json()
    waits = [(wait["what"], wait["owner"]) for wait in told["step"]["awaited"]]
    assert waits == [("objection", "officer"), ("filing_again", "claimant")]
    dates = (await portal.asks(claim_id, "/deadlines"))["deadlines"]
    assert ("objection", "officer") in [(each["what"], each["owner"]) for each in dates]

    correction = desk_examples.CORRECTION["a_refusal"]["value"]
    assert await portal.ground(claim_id, "corrections", correction) == "counts"
    assert (await portal.asks(claim_id))["status"] == "in_benefit"
    timeline = (await portal.asks(claim_id, "/timeline"))["events"]
    [reviewed] = [each for each in timeline if each["type"] == "decision_reviewed"]
    assert reviewed["actor"] == f"officer:{OFFICER}"
    assert "Petugas memperbaiki keputusan: penolakan klaim." in str(reviewed)


async def test_a_month_is_objected_to_by_its_number(threshold: Knocker) -> None:
    nameless = {"what": "month", "reference": "keberatan-1"}
    response = await threshold.says(examples.CLAIM_ID, "objections", nameless)
    assert response.status_code == 422


async def test_arrears_are_decided_with_a_payer_and_the_employer_pays_and_gets_it_back(
    portal: Knocker,
) -> None:
    claim_id = await claim_in_arrears(portal)
    assert await portal.ground(claim_id, "officer-decisions", decision(True)) == "payer_not_named"
    named = decision(True, payer="employer")
    assert await portal.ground(claim_id, "officer-decisions", named) == "counts"

    payment = {"month": 1, "amount_idr": 2_400_000, "paid_on": "2025-03-10", "reference": "slip-1"}
    asked = {"reference": "surat-1", "arrears_settled_on": "2025-03-10"}
    status = await portal.asks(claim_id)
    assert (status["step"]["awaited"][0]["owner"], status["payer"]) == ("employer", "employer")
    assert (await portal.asks(claim_id, "/payments"))["orders"] == []
    for what, body, ground in (
        ("employer-payments", payment | {"amount_idr": 2_400_001}, "not_owed_by_the_employer"),
        ("employer-payments", payment | {"paid_on": "2025-03-11"}, "in_the_future"),
        ("employer-payments", payment, "counts"),
        ("employer-payments", payment, "not_owed_by_the_employer"),
        ("employer-payments", payment | {"month": 2}, "counts"),
        ("reimbursement-requests", asked | {"arrears_settled_on": None}, "arrears_not_settled"),
        ("reimbursement-requests", asked, "record_shows_arrears"),
        ("contribution-records", contributions(paid=31, record_id="iuran-2"), "counts"),
        ("reimbursement-requests", asked, "counts"),
        ("reimbursement-requests", asked, "already_recorded"),
    ):
        assert await portal.ground(claim_id, what, body) == ground, (what, body)
    assert (await portal.asks(claim_id))["payer"] == "bpjs"
    summaries = [event["summary"] for event in (await portal.asks(claim_id, "/timeline"))["events"]]
    assert any("sejak sekarang BPJS Ketenagakerjaan yang membayar" in summary for summary in summaries)


async def test_an_inspector_finds_the_true_wage_and_is_named_beside_it(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.insured_claim()
    finding = {"actor": "nip-2", "true_wage_idr": 4_500_000, "reference": "nota-12"}
    assert await portal.ground(claim_id, "true-wages", finding) == "counts"

    last = (await recorded_events(backend.pool, UUID(claim_id)))[-1]
    assert isinstance(last.event, EmployerOwes)
    # Six months of 60 % of the 500,000 that were not reported.
    assert (last.actor, last.event.amount_idr) == ("inspector:nip-2", 1_800_000)


async def test_bpjs_is_asked_again_once_at_a_time(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    reason = {"reason": "the employer paid its arrears"}
    assert await portal.ground(claim_id, "record-requests", reason) == "counts"
    awaited = (await portal.asks(claim_id))["step"]["awaited"]
    assert ("contribution_record", "bpjs") in {(wait["what"], wait["owner"]) for wait in awaited}
    assert await portal.ground(claim_id, "record-requests", reason) == "already_recorded"


async def test_a_death_ends_what_is_still_to_come(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    assert await portal.ground(claim_id, "death", {"died_on": "2025-03-11"}) == "in_the_future"
    assert await portal.ground(claim_id, "death", {"died_on": "2025-03-10"}) == "counts"
    assert (await portal.asks(claim_id))["status"] == "ceased"


async def test_a_business_of_ones_own_is_asked_about(portal: Knocker) -> None:
    claim_id = await portal.insured_claim()
    work = {"since": "2025-03-10", "work": "own_business"}
    assert await portal.ground(claim_id, "reemployment", work) == "needs_manual_review"
    questions = (await portal.asks(claim_id, "/questions"))["questions"]
    assert [(q["question"], q["ground"]) for q in questions] == [(1, "own_business")]


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("document-requests", desk_examples.DOCUMENT_REQUEST["two_documents"]["value"]),
        ("true-wages", desk_examples.TRUE_WAGE["found"]["value"]),
    ],
)
async def test_who_says_it_belongs_to_the_message(portal: Knocker, what: str, body: dict[str, Any]) -> None:
    claim_id = await portal.insured_claim()
    nobody = {name: value for name, value in body.items() if name != "actor"}
    assert (await portal.says(claim_id, what, nobody)).json()["errors"][0]["pointer"] == "#/actor"
    await portal.says(claim_id, what, body, key="k-1")
    again = await portal.says(claim_id, what, body, key="k-1")
    assert again.headers["Idempotent-Replayed"] == "true"
    by_another = await portal.says(claim_id, what, body | {"actor": "nip-3"}, key="k-1")
    assert by_another.json()["code"] == "message_id_reused"


@pytest.mark.parametrize("adopts", [True, False])
async def test_an_officer_decides_over_data_that_a_report_told_otherwise(
    portal: Knocker, backend: Backend, adopts: bool
) -> None:
    claim_id = await portal.reported_claim()
    await portal.reports(type=CORRECTED, id="phk-2", worker__name="Budi Susanto")
    body = {"actor": OFFICER, "version": 2, "adopts": adopts, "reason": "identity card seen"}

    assert await portal.ground(claim_id, "person-data-decisions", body | {"version": 3}) == "no_open_question"
    assert await portal.ground(claim_id, "person-data-decisions", body) == "counts"
    assert await portal.ground(claim_id, "person-data-decisions", body) == "no_open_question"

    assert await backend.pool.fetchval("select current_version from participants") == (2 if adopts else 1)
    said = await portal.asks(claim_id)
    assert "person_data" not in [each["what"] for each in said["step"]["awaited"]]
    # The same report again asks nothing that was decided.
    again = await portal.reports(type=CORRECTED, id="phk-3", worker__name="Budi Susanto")
    assert "person_data" not in [each["what"] for each in again.json()["step"]["awaited"]]
