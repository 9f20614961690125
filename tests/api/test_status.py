"""What portals ask: the ball, the months, the reasons, the money."""

from datetime import datetime
from uuid import UUID

from knocking import Knocker, applications
from store_world import paid_record

from api import examples
from api.door import Door
from claims.messages import RecordContributions
from claims.periods import JAKARTA
from store.clock import advance_to
from store.messages import Incoming


async def approved_claim(portal: Knocker, door: Door, months: int = 24) -> str:
    claim_id = await portal.filed_claim()
    message = RecordContributions(record=paid_record(months=months))
    await door.steps.take(UUID(claim_id), [Incoming(message, "bpjs", claim_id, "bpjs")])
    return claim_id


async def stand_at(door: Door, text: str) -> None:
    async with door.pool.acquire() as connection:
        await advance_to(connection, datetime.fromisoformat(text).replace(tzinfo=JAKARTA))


async def test_a_claim_in_benefit_shows_its_months(portal: Knocker, door: Door) -> None:
    claim_id = await approved_claim(portal, door)
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
    assert {(ball["what"], ball["owner"], ball["month"]) for ball in claim["step"]["awaited"]} == {
        ("transfer", "bank", 1),
        ("job_search", "claimant", 2),
    }


async def test_a_window_that_closed_shows_what_was_missing(portal: Knocker, door: Door) -> None:
    claim_id = await approved_claim(portal, door)
    await portal.says(claim_id, "job-applications", applications(*"abcd", done_on="2025-03-10"))
    await stand_at(door, "2025-04-16T00:00:00")
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


async def test_a_refusal_names_every_condition_and_until_when_to_file_again(
    portal: Knocker, door: Door
) -> None:
    claim_id = await approved_claim(portal, door, months=11)
    claim = await portal.asks(claim_id)
    (denied,) = (await portal.asks(claim_id, "/decisions"))["decisions"]

    assert (claim["status"], claim["months"]) == ("denied", [])
    assert (denied["type"], denied["ground"]) == ("claim_denied", "too_few_contribution_months")
    assert denied["until"] == "2025-09-03T17:00:00Z"
    paid = next(r for r in denied["reasons"] if r["condition"] == "contribution_months")
    assert (paid["result"], paid["facts"]["paid_months"], paid["facts"]["needed"]) == ("unmet", 11, 12)


async def test_an_authorized_month_shows_how_its_amount_came_about(portal: Knocker, door: Door) -> None:
    claim_id = await approved_claim(portal, door)
    approved, month_1 = (await portal.asks(claim_id, "/decisions"))["decisions"]

    assert approved["type"] == "claim_approved"
    assert {name: month_1[name] for name in ("type", "regime", "rate", "insured_wage_idr", "amount_idr")} == {
        "type": "benefit_authorized",
        "regime": "2025",
        "rate": "0.60",
        "insured_wage_idr": 5_000_000,
        "amount_idr": 3_000_000,
    }


async def test_payments_add_up_and_name_no_account(portal: Knocker, door: Door) -> None:
    claim_id = await approved_claim(portal, door)
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


async def test_a_timeline_holds_nothing_that_names_a_person(portal: Knocker, door: Door) -> None:
    claim_id = await approved_claim(portal, door)
    await portal.says(claim_id, "withdrawal", {"reason": "Budi found work"})
    timeline = str(await portal.asks(claim_id, "/timeline"))

    assert "Claim withdrawn. It counts (assumption: the texts are silent)." in timeline
    worker = examples.LAYOFF_DATA["worker"]
    for value in ("Budi", worker["nik"], worker["email"], worker["address"], "Tekstil", "001701000001"):
        assert value not in timeline


async def test_a_claim_nobody_knows_has_no_answers(portal: Knocker) -> None:
    for what in ("", "/timeline", "/decisions", "/payments"):
        response = await portal.client.get(f"/v1/claims/{examples.CLAIM_ID}{what}")
        assert (response.status_code, response.json()["code"]) == (404, "unknown_claim")
