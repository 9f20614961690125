"""What is said to a claim: always recorded, answered once, told again the same."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from support.knocking import Knocker, applications, filing
from support.store_world import EMPLOYER_OF_REPORTS, paid_record

from api.examples import officers as desk_examples
from api.examples import portal as examples
from api.http.receiving import Backend
from claims.commands.command import CompleteSelfAssessment, RecordContributions
from claims.events import ClaimFiled
from payments.obligations import person
from store.claims.history import recorded_events
from store.claims.kind import IncomingMessage


async def approved_claim(portal: Knocker, backend: Backend) -> str:
    """A claim filed on 10 March 2025 whose record shows two years of contributions."""
    claim_id = await portal.filed_claim()
    message = RecordContributions(record=paid_record(employer=EMPLOYER_OF_REPORTS))
    await backend.steps.run_step(UUID(claim_id), [IncomingMessage(message, "bpjs", claim_id, "bpjs")])
    return claim_id


async def events_of(backend: Backend, claim_id: str) -> list[str]:
    return [recorded.event.type for recorded in await recorded_events(backend.pool, UUID(claim_id))]


async def test_a_filing_brings_the_commitment_and_the_account(portal: Knocker, backend: Backend) -> None:
    claim_id = await portal.reported_claim()
    response = await portal.says(claim_id, "filing", filing())

    assert response.status_code == 201
    assert response.json()["verdict"]["counts"] is True
    wait = response.json()["step"]["awaited"][0]
    assert (wait["owner"], wait["consequence"]) == ("bpjs", "bpjs_asked_again")
    assert wait["otherwise"] == "BPJS Ketenagakerjaan ditanya lagi"
    filed = (await recorded_events(backend.pool, UUID(claim_id)))[-1].event
    assert isinstance(filed, ClaimFiled)
    assert (filed.account_version, filed.participant.version) == (1, 1)
    account = await backend.people.account(backend.pool, person(filed.participant.participant_id), 1)
    assert account.account_number == "001701000001"


async def test_what_happens_otherwise_is_said_in_the_language_asked_for(portal: Knocker) -> None:
    claim_id = await portal.filed_claim()
    assessed = examples.SELF_ASSESSMENT["completed"]["value"]
    told = await portal.says(claim_id, "self-assessment?language=en", assessed)
    seen = await portal.asks(claim_id, "?language=en")

    assert told.json()["step"] == seen["step"]
    assert seen["step"]["awaited"][0]["otherwise"] == "BPJS Ketenagakerjaan is asked again"


async def test_a_filing_under_another_nik_finds_no_claim_and_keeps_nothing(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.reported_claim()
    response = await portal.says(claim_id, "filing", filing(nik="3273011708850002"))

    assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")
    assert await backend.pool.fetchval("select count(*) from accounts") == 0


async def test_a_filing_sent_again_after_another_account_changes_nothing(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.reported_claim()
    first = await portal.says(claim_id, "filing", filing(), key="filing-1")
    changed = await portal.says(claim_id, "bank-account", examples.BANK_ACCOUNT["another_account"]["value"])
    again = await portal.says(claim_id, "filing", filing(), key="filing-1")

    assert changed.json()["verdict"]["counts"] is True
    assert (again.status_code, again.json()["verdict"]) == (201, first.json()["verdict"])
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await events_of(backend, claim_id) == ["layoff_reported", "claim_filed", "bank_account_changed"]
    assert await backend.pool.fetchval("select count(*) from accounts") == 2


async def test_another_address_is_asked_for_once_and_kept_where_people_are(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.reported_claim()
    body = examples.EMAIL_CHANGE["another_address"]["value"]

    asked = await portal.says(claim_id, "email", body, key="surel-1")
    again = await portal.says(claim_id, "email", body, key="surel-1")

    assert (asked.status_code, asked.json()["verdict"]["counts"]) == (201, True)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert await events_of(backend, claim_id) == ["layoff_reported", "email_change_asked"]
    kinds = await backend.pool.fetch("select kind, about from notices where about > 0 order by kind")
    assert [tuple(row) for row in kinds] == [("email_changing", 2), ("email_new", 2)]
    assert await backend.pool.fetchval("select email_version from participants") == 1
    assert (
        "example.org"
        not in (await backend.pool.fetchval("select payload from events where version = 2")).decode()
    )


async def test_only_who_knows_the_nik_of_a_claim_asks_for_another_address(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await portal.reported_claim()
    body = examples.EMAIL_CHANGE["another_address"]["value"]

    assert (await portal.says(claim_id, "email", body | {"nik": "3273011708850002"})).status_code == 404
    assert (await portal.says(claim_id, "email", body | {"email": "budi@example.org."})).status_code == 422
    assert await backend.pool.fetchval("select count(*) from people") == 1


async def test_four_bank_accounts_at_once_are_all_kept(portal: Knocker, backend: Backend) -> None:
    claim_id = await portal.filed_claim()
    account = examples.BANK_ACCOUNT["another_account"]["value"]
    answers = await asyncio.gather(
        *(
            portal.says(claim_id, "bank-account", account | {"account_number": number})
            for number in ("11111", "22222", "33333", "44444")
        )
    )

    assert [answer.status_code for answer in answers] == [201, 201, 201, 201]
    versions = await backend.pool.fetchval("select array_agg(version order by version) from accounts")
    assert versions == [1, 2, 3, 4, 5]


async def test_the_same_account_again_does_not_count(portal: Knocker) -> None:
    claim_id = await portal.filed_claim()
    response = await portal.says(claim_id, "bank-account", filing()["bank_account"])

    assert response.status_code == 201
    assert response.json()["verdict"]["ground"] == "already_recorded"


async def test_evidence_that_nobody_awaits_is_recorded_with_its_verdict(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    response = await portal.says(claim_id, "job-applications", applications("L-1", "L-2"))

    assert response.status_code == 201
    assert response.json()["verdict"] == {
        "counts": False,
        "ground": "claim_not_approved",
        "article": "Permenaker 2/2025 Pasal 13(4)",
    }
    assert [effort["verdict"]["counts"] for effort in response.json()["efforts"]] == [False, False]
    timeline = (await portal.asks(claim_id, "/timeline"))["events"]
    assert [event["type"] for event in timeline[1:]] == ["job_application_recorded"] * 2


async def test_each_application_is_answered_and_the_month_counted(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    body = applications("L-1", "L-2", "L-1", done_on="2025-03-10")
    response = await portal.says(claim_id, "job-applications", body)

    told = response.json()
    assert [(e["reference"], e["month"], e["verdict"]["ground"]) for e in told["efforts"]] == [
        ("L-1", 2, "counts"),
        ("L-2", 2, "counts"),
        ("L-1", 2, "same_application_twice"),
    ]
    assert told["months"] == [
        {
            "month": 2,
            "applications": 2,
            "applications_needed": 5,
            "interview_calls": 0,
            "enough": False,
            "window_opens_at": "2025-04-09T17:00:00Z",
            "window_closes_at": "2025-04-15T17:00:00Z",
        }
    ]


async def test_fifty_one_applications_at_once_are_too_many(threshold: Knocker) -> None:
    many = applications(*(f"L-{n}" for n in range(51)))
    response = await threshold.says(examples.CLAIM_ID, "job-applications", many)

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {"pointer": "#/efforts", "code": "too_long", "message": "must have at most 50 entries"}
    ]


async def test_the_same_message_twice_has_one_effect_and_the_same_answer(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await approved_claim(portal, backend)
    body = applications("L-1", done_on="2025-03-10")
    first = await portal.says(claim_id, "job-applications", body, key="k-1")
    again = await portal.says(claim_id, "job-applications", body, key="k-1")

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (await events_of(backend, claim_id)).count("job_application_recorded") == 1


async def test_the_same_message_in_two_calls_at_once_has_one_effect(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await approved_claim(portal, backend)
    body = applications("L-1", done_on="2025-03-10")
    answers = await asyncio.gather(
        *(portal.says(claim_id, "job-applications", body, key="k-1") for _ in range(2))
    )

    assert answers[0].json() == answers[1].json()
    assert sorted("Idempotent-Replayed" in answer.headers for answer in answers) == [False, True]
    assert (await events_of(backend, claim_id)).count("job_application_recorded") == 1


async def test_one_key_belongs_to_one_message(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    other_claim = await portal.reported_claim(employer__registration="NPP-2")
    body = {"since": "2025-03-09"}
    await portal.says(claim_id, "reemployment", body, key="k-1")

    for response in (
        await portal.says(claim_id, "reemployment", {"since": "2025-03-08"}, key="k-1"),
        await portal.says(claim_id, "withdrawal", {"reason": "other"}, key="k-1"),
        await portal.says(claim_id, "filing", filing(), key="k-1"),
        await portal.says(other_claim, "reemployment", body, key="k-1"),
    ):
        assert (response.status_code, response.json()["code"]) == (422, "message_id_reused")


async def test_one_key_said_to_two_claims_at_once_is_taken_once(portal: Knocker) -> None:
    claims = [await portal.reported_claim(), await portal.reported_claim(employer__registration="NPP-2")]
    body = {"since": "2025-03-09"}
    answers = await asyncio.gather(
        *(portal.says(claim_id, "reemployment", body, key="k-1") for claim_id in claims)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 422]


async def test_two_clients_may_use_the_same_key(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    await portal.says(claim_id, "reemployment", {"since": "2025-03-09"}, key="k-1")
    other = Knocker(portal.client, "glints")
    response = await other.says(claim_id, "withdrawal", {"reason": "other"}, key="k-1")

    assert response.status_code == 201


async def test_a_message_heard_as_a_signal_is_known_at_the_door(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    message = CompleteSelfAssessment(form_version="asesmen-1", completed_on=date(2025, 3, 10))
    signal = IncomingMessage(message, "siapkerja", "k-1", "signal:siapkerja")
    await backend.steps.run_step(UUID(claim_id), [signal])
    body = {"form_version": "asesmen-1", "completed_on": "2025-03-10"}
    response = await portal.says(claim_id, "self-assessment", body, key="k-1")

    assert response.headers["Idempotent-Replayed"] == "true"
    assert response.json()["verdict"]["counts"] is True


async def test_an_officer_is_named_beside_what_they_decided(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    decision = desk_examples.OFFICER_DECISION["approved"]["value"]
    response = await portal.says(claim_id, "officer-decisions", decision, key="k-1")
    by_another = await portal.says(claim_id, "officer-decisions", decision | {"actor": "nip-2"}, key="k-1")

    assert response.json()["verdict"]["ground"] == "not_referred"
    assert by_another.json()["code"] == "message_id_reused"
    assert (await portal.asks(claim_id, "/timeline?language=en"))["events"][-1] == {
        "version": 2,
        "type": "officer_decided",
        "recorded_at": "2025-03-10T03:00:00Z",
        "effective_at": "2025-03-10T03:00:00Z",
        "actor": "officer:nip-198001012005011001",
        "summary": "An officer decided. It does not count: "
        "The claim is not waiting for an officer (our reading no. 0029).",
    }


@pytest.mark.parametrize("missing", ["actor", "reason", "approves"])
async def test_an_officer_gives_name_reason_and_decision(threshold: Knocker, missing: str) -> None:
    decision = desk_examples.OFFICER_DECISION["approved"]["value"]
    incomplete = {name: value for name, value in decision.items() if name != missing}
    response = await threshold.says(examples.CLAIM_ID, "officer-decisions", incomplete)

    assert [error["pointer"] for error in response.json()["errors"]] == [f"#/{missing}"]


ROUTES: dict[str, dict[str, Any]] = {
    "filing": examples.FILING,
    "self-assessment": examples.SELF_ASSESSMENT,
    "job-applications": examples.JOB_APPLICATIONS,
    "counselling": examples.COUNSELLING,
    "training-attendance": examples.TRAINING_ATTENDANCE,
    "months/2/certification": examples.CERTIFICATION,
    "bank-account": examples.BANK_ACCOUNT,
    "email": examples.EMAIL_CHANGE,
    "reemployment": examples.REEMPLOYMENT,
    "death": examples.DEATH,
    "answers": examples.ANSWER,
    "objections": examples.OBJECTION,
    "job-applications/withdrawals": examples.APPLICATION_WITHDRAWAL,
    "officer-decisions": desk_examples.OFFICER_DECISION,
    "corrections": desk_examples.CORRECTION,
    "document-requests": desk_examples.DOCUMENT_REQUEST,
    "record-requests": desk_examples.RECORD_REQUEST,
    "contribution-records": desk_examples.CONTRIBUTION_RECORD,
    "employer-payments": desk_examples.EMPLOYER_PAYMENT,
    "reimbursement-requests": desk_examples.REIMBURSEMENT_REQUEST,
    "true-wages": desk_examples.TRUE_WAGE,
    "withdrawal": examples.WITHDRAWAL,
}


async def test_every_documented_example_is_taken_and_an_unknown_field_refused(portal: Knocker) -> None:
    claim_id = await portal.reported_claim()
    for what, bodies in ROUTES.items():
        for example in bodies.values():
            result = await portal.says(claim_id, what, example["value"])
            refused = await portal.says(claim_id, what, example["value"] | {"x": 1})
            assert result.status_code == 201, (what, result.text)
            assert result.json().keys() == examples.TOLD.keys()
            assert [error["pointer"] for error in refused.json()["errors"]] == ["#/x"], what
