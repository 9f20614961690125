"""What portals ask: the responsible party, the months, the reasons, the money."""

import re
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from support.knocking import Knocker, applications, filing
from support.store_world import EMPLOYER_OF_REPORTS, paid_record

from api.examples import portal as examples
from api.http.receiving import Backend
from claims.commands.command import RecordContributions
from claims.events import EVENT, TrainingAttended
from claims.wording.explaining import explain
from claims.wording.grounds import why
from claims.wording.language import LANGUAGES, Language
from claims.wording.timeline import sentence
from law.grounds import Ground, Reason
from law.periods import JAKARTA
from store.claims.kind import IncomingMessage
from store.scheduling.clock import advance_to


async def approved_claim(portal: Knocker, backend: Backend, months: int = 24) -> str:
    claim_id = await portal.filed_claim()
    message = RecordContributions(record=paid_record(months=months, employer=EMPLOYER_OF_REPORTS))
    await backend.steps.run_step(UUID(claim_id), [IncomingMessage(message, "bpjs", claim_id, "bpjs")])
    return claim_id


async def stand_at(backend: Backend, text: str) -> None:
    async with backend.pool.acquire() as connection:
        await advance_to(connection, datetime.fromisoformat(text).replace(tzinfo=JAKARTA))


async def test_a_claim_in_benefit_shows_its_months(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    claim = await portal.asks(claim_id)

    assert (claim["status"], claim["at"]) == ("in_benefit", "2025-03-10T03:00:00Z")
    assert [(month["state"], month["amount_idr"]) for month in claim["months"]] == [
        ("authorized", 3_000_000),
        ("awaited", None),
        ("upcoming", None),
        ("upcoming", None),
        ("upcoming", None),
        ("upcoming", None),
    ]
    assert claim["months"][0]["search"] is None
    assert claim["months"][1]["search"]["applications_needed"] == 5
    waits = claim["step"]["awaited"]
    assert [(wait["what"], wait["owner"], wait["month"], wait["binds"]) for wait in waits] == [
        ("transfer", "bank", 1, True),
        ("job_search", "claimant", 2, True),
        ("self_assessment", "claimant", 2, False),
        ("counselling", "claimant", 2, False),
    ]


async def test_a_window_that_closed_shows_what_was_missing(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    await portal.says(claim_id, "job-applications", applications(*"abcd", done_on="2025-03-10"))
    await stand_at(backend, "2025-04-16T00:00:00")
    late = await portal.says(claim_id, "months/2/certification", {"without_work": True})

    assert late.json()["verdict"]["ground"] == "window_closed"
    month = (await portal.asks(claim_id))["months"][1]
    assert (month["state"], month["ground"], month["article"]) == (
        "forfeited",
        "job_search_insufficient",
        "Permenaker 2/2025 Pasal 13(4)",
    )
    forfeited = (await portal.asks(claim_id, "/decisions"))["decisions"][-1]
    assert (forfeited["type"], forfeited["month"]) == ("month_forfeited", 2)
    assert forfeited["effective_at"] == "2025-04-15T17:00:00Z"
    searched = next(r for r in forfeited["reasons"] if r["condition"] == "job_search")
    assert searched["facts"] == {
        "applications": 4,
        "applications_needed": 5,
        "interview_calls": 0,
        "interview_calls_needed": 1,
    }
    assert [said["found"] for said in month["explained"]] == [
        "Pengajuan bulan ke-2 belum diterima",
        "4 lamaran dari 5 dan belum ada panggilan wawancara",
    ]


async def test_a_refusal_names_every_condition_and_until_when_to_file_again(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await approved_claim(portal, backend, months=9)
    claim = await portal.asks(claim_id)
    (denied,) = (await portal.asks(claim_id, "/decisions"))["decisions"]

    assert (claim["status"], claim["months"]) == ("denied", [])
    assert (denied["type"], denied["ground"]) == ("claim_denied", "too_few_contribution_months")
    assert denied["until"] == "2025-09-03T17:00:00Z"
    paid = next(r for r in denied["reasons"] if r["condition"] == "contribution_months")
    assert (paid["result"], paid["facts"]["paid_months"], paid["facts"]["needed"]) == ("unmet", 9, 12)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_reason_is_told_in_the_language_asked_for(
    portal: Knocker, backend: Backend, language: Language
) -> None:
    claim_id = await approved_claim(portal, backend, months=9)
    (denied,) = (await portal.asks(claim_id, f"/decisions?language={language}"))["decisions"]

    reasons = [Reason.model_validate(reason) for reason in denied["reasons"]]
    assert denied["explained"] == [explain(reason, language).model_dump() for reason in reasons]
    assert denied["why"] == why(Ground.TOO_FEW_CONTRIBUTION_MONTHS, language)
    told = next(said for said in denied["explained"] if said["why"] == denied["why"])
    assert told["found"].startswith("Tercatat 9" if language == "id" else "9 paid contribution months")


async def test_indonesian_is_spoken_where_nothing_else_is_asked(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend, months=9)
    for what in ("/decisions", "/timeline", ""):
        assert await portal.asks(claim_id, what) == await portal.asks(claim_id, f"{what}?language=id")
    timeline = await portal.asks(claim_id, "/timeline")
    summaries = [event["summary"] for event in timeline["events"]]
    assert summaries[0] == "PHK pada 3 Maret 2025 dilaporkan oleh perusahaan."
    assert summaries[-1] == "Klaim ditolak: Masa iur belum cukup (PP 37/2021 jo. PP 6/2025 Pasal 19(3))."


async def test_a_language_that_nobody_here_speaks_is_a_problem(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    for what in ("/decisions", "/timeline", ""):
        response = await portal.client.get(f"/v1/claims/{claim_id}{what}?language=fr")
        assert (response.status_code, response.json()["code"]) == (422, "invalid_body")
        assert response.json()["errors"][0]["pointer"] == "query:language"


async def test_a_filing_that_opened_nothing_is_told_with_its_ground(
    portal: Knocker, backend: Backend
) -> None:
    claim_id = await approved_claim(portal, backend)
    await portal.says(claim_id, "filing", filing())
    refused = (await portal.asks(claim_id, "/decisions?language=en"))["decisions"][-1]

    assert (refused["type"], refused["ground"]) == ("filing_not_accepted", "already_filed")
    assert (refused["why"], refused["explained"]) == ("A claim for this layoff is already filed", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_timeline_is_free_of_names_of_the_program(language: Language) -> None:
    files = sorted((Path(__file__).parents[2] / "events").glob("*.json"))
    for event in (EVENT.validate_json(file.read_bytes()) for file in files):
        said = sentence(event, language)
        assert not re.search(r"\w_\w|[{}]|None|assumption|\d{4}-\d\d", said), said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_course_stored_with_a_number_of_a_person_is_masked_in_the_timeline(language: Language) -> None:
    file = Path(__file__).parents[2] / "events" / "training_attended.json"
    event = TrainingAttended.model_validate_json(file.read_bytes())
    said = sentence(event.model_copy(update={"course": "las-3273011708850001"}), language)
    assert "3273" not in said
    assert "las-***" in said


async def test_an_authorized_month_shows_how_its_amount_came_about(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    approved, month_1 = (await portal.asks(claim_id, "/decisions"))["decisions"]

    assert approved["type"] == "claim_approved"
    assert {name: month_1[name] for name in ("type", "regime", "rate", "insured_wage_idr", "amount_idr")} == {
        "type": "benefit_authorized",
        "regime": "2025",
        "rate": "0.60",
        "insured_wage_idr": 5_000_000,
        "amount_idr": 3_000_000,
    }


async def test_payments_add_up_and_name_no_account(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    payments = await portal.asks(claim_id, "/payments")

    (order,) = payments["orders"]
    assert (order["month"], order["attempt"], order["amount_idr"], order["state"]) == (
        1,
        1,
        3_000_000,
        "ordered",
    )
    assert payments["totals"] == {"authorized_idr": 3_000_000, "paid_idr": 0, "open_idr": 3_000_000}
    assert "001701000001" not in str(payments)


async def test_a_timeline_holds_nothing_that_names_a_person(portal: Knocker, backend: Backend) -> None:
    claim_id = await approved_claim(portal, backend)
    await portal.says(claim_id, "withdrawal", {"reason": "Budi found work"})
    timeline = str(await portal.asks(claim_id, "/timeline?language=en"))

    assert "Claim withdrawn. It counts (our reading no. 0024)." in timeline
    worker = examples.LAYOFF_DATA["worker"]
    for value in ("Budi", worker["nik"], worker["email"], worker["address"], "Tekstil", "001701000001"):
        assert value not in timeline


async def test_a_claim_nobody_knows_has_no_answers(portal: Knocker) -> None:
    for what in ("", "/timeline", "/decisions", "/payments"):
        response = await portal.client.get(f"/v1/claims/{examples.CLAIM_ID}{what}")
        assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")
