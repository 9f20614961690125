"""`jkp claim` for officers and inspectors: what is asked, what they say, and what it comes to."""

import json
from datetime import date
from uuid import UUID

import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import (
    AnswerQuestion,
    ObjectToDecision,
    PersonDifference,
    RecordContributions,
    ReportLayoff,
    ReportReemployment,
)
from cli.officers.decisions import list_questions, say
from cli.problems import Refused
from store.claims.history import recorded_events

NOBODYS = UUID("0193aaaa-0000-7000-8000-000000000000")
OFFICER = "officer:nip-1"


def decision(approves: bool, **more: object) -> dict[str, object]:
    return {"approves": approves, "reason": "looked at the papers"} | more


async def test_an_officer_approves_a_referred_claim_and_is_named_beside_it(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    referred = await world.referred()

    assert await say(referred.stream_id, "officer_decision", decision(True), OFFICER) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("counts (")
    assert "is in_benefit" in shown
    assert "bank owes the transfer until 14 Feb 2025 00:00:00 WIB" in shown
    decided = next(
        r for r in await recorded_events(world.pool, referred.stream_id) if r.event.type == "officer_decided"
    )
    assert (decided.actor, decided.source) == (OFFICER, "desk")


async def test_who_was_not_heard_is_not_refused_and_the_exit_code_says_so(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    referred = await world.referred()

    assert await say(referred.stream_id, "officer_decision", decision(False), OFFICER) == 1
    assert "does not count: claimant_not_heard (" in capsys.readouterr().out

    await world.say(
        referred.stream_id, AnswerQuestion(question=0, statement="disagrees", reference="keterangan-1")
    )
    assert await say(referred.stream_id, "officer_decision", decision(False), OFFICER) == 0
    assert "is denied" in capsys.readouterr().out


async def test_an_officer_puts_a_refusal_right_and_dismisses_only_what_was_said(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = await world.referred()
    answer = AnswerQuestion(question=0, statement="disagrees", reference="keterangan-1")
    await world.say(claim.stream_id, answer)
    await say(claim.stream_id, "officer_decision", decision(False), OFFICER)
    capsys.readouterr()
    right: dict[str, object] = {"what": "refusal", "reason": "looked at the papers"}

    assert await say(claim.stream_id, "put_right", right | {"founded": False}, OFFICER) == 1
    assert "does not count: nothing_to_decide (" in capsys.readouterr().out
    assert await say(claim.stream_id, "put_right", right, OFFICER) == 0
    assert "is in_benefit" in capsys.readouterr().out


async def test_a_month_is_put_right_by_its_number(world: StoreWorld) -> None:
    claim = await world.approved()
    month: dict[str, object] = {"what": "month", "reason": "looked at the papers"}

    with pytest.raises(Refused, match="month is given with"):
        await say(claim.stream_id, "put_right", month, OFFICER)


async def test_open_questions_are_listed_with_owner_and_date_the_most_urgent_first(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    referred = await world.referred()
    documents: dict[str, object] = {"documents": ["proof_of_layoff"]}
    await say(referred.stream_id, "document_request", documents, OFFICER)
    other = await world.approved(nik="3171011203850002")
    at_work = paid_record().model_copy(update={"record_id": "r-2", "reemployed_on": date(2025, 2, 10)})
    await world.say(other.stream_id, RecordContributions(record=at_work))
    await world.approved(nik="3171011203850003")
    capsys.readouterr()

    assert await list_questions(None, as_json=False) == 0

    rows = [" ".join(row.split()) for row in capsys.readouterr().out.splitlines()]
    assert [row.split(" until ")[0] for row in rows] == [
        f"{referred.stream_id} question 0 officer",
        f"{referred.stream_id} question 1 claimant",
        f"{other.stream_id} question 1 claimant",
    ]
    assert "until 14 Feb 2025 00:00:00 WIB proof_not_accepted" in rows[0]
    assert "until 20 Feb 2025 00:00:00 WIB documents_missing" in rows[1]
    assert "reemployed holds 2, 3, 4, 5, 6" in rows[2]


async def test_the_questions_of_one_claim_as_json(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    referred = await world.referred()

    await list_questions(referred.stream_id, as_json=True)

    [question] = json.loads(capsys.readouterr().out)
    assert (question["claim_id"], question["question"], question["owner"], question["why"]) == (
        str(referred.stream_id),
        0,
        "officer",
        "The proof of the layoff has to be examined",
    )


async def test_an_open_objection_is_listed_with_the_officers_date(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = await world.approved()
    await world.say(claim.stream_id, ReportReemployment(since=date(2025, 2, 10)))
    await world.say(claim.stream_id, ObjectToDecision(what="cessation", reference="keberatan-1"))

    assert await list_questions(None, as_json=False) == 0

    [row] = capsys.readouterr().out.splitlines()
    assert " ".join(row.split()).startswith(f"{claim.stream_id} objection officer until 14 Feb 2025 00:00:00")
    assert "the end of the benefit" in row
    await list_questions(claim.stream_id, as_json=True)
    [objection] = json.loads(capsys.readouterr().out)
    assert (objection["objection"], objection["month"], objection["reference"]) == (
        "cessation",
        0,
        "keberatan-1",
    )


async def test_where_nothing_is_asked_the_list_says_so(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    await world.approved()

    await list_questions(None, as_json=False)

    assert capsys.readouterr().out == "no question is open\n"


async def test_bpjs_is_asked_again_and_its_workflow_is_wanted(world: StoreWorld) -> None:
    claim = await world.approved()
    before = await world.pool.fetchval("select wanted from wakeups")

    assert await say(claim.stream_id, "record_request", {"reason": "arrears paid"}, OFFICER) == 0

    assert await world.pool.fetchval("select wanted from wakeups") == before + 1
    assert (await world.say(claim.stream_id)).state.record_wanted


async def test_a_true_wage_below_what_was_reported_is_owed_by_nobody(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = await world.approved()
    finding: dict[str, object] = {"true_wage_idr": 5_000_000, "reference": "nota-1"}

    assert await say(claim.stream_id, "true_wage", finding, "inspector:nip-2") == 1
    assert "does not count: not_owed_by_the_employer (" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("kind", "said", "wrong"),
    [
        ("officer_decision", decision(True, reason="x" * 121), "reason"),
        ("officer_decision", decision(True, question=-1), "question"),
        ("document_request", {"documents": []}, "documents"),
    ],
)
async def test_what_cannot_be_said_is_named(
    world: StoreWorld, kind: str, said: dict[str, object], wrong: str
) -> None:
    with pytest.raises(Refused, match=wrong):
        await say(NOBODYS, kind, said, OFFICER)


async def test_a_name_is_one_word(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="--by is one word"):
        await say(NOBODYS, "officer_decision", decision(True), "officer:Budi Santoso")


async def test_a_claim_that_nobody_reported_is_neither_decided_nor_listed(world: StoreWorld) -> None:
    with pytest.raises(Refused, match=f"no claim {NOBODYS}"):
        await say(NOBODYS, "officer_decision", decision(True), OFFICER)
    with pytest.raises(Refused, match=f"no claim {NOBODYS}"):
        await list_questions(NOBODYS, as_json=False)


async def test_data_that_differ_are_listed_with_their_fields_and_decided(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    reported = await world.report(await world.layoff())
    differs = PersonDifference(version=2, fields=("name", "address"))
    layoff = await world.layoff()
    said = ReportLayoff(layoff=layoff, reported_by="employer", differs=differs)
    await world.say(reported.stream_id, said)

    await list_questions(None, as_json=True)
    [found] = json.loads(capsys.readouterr().out)
    assert found["person_data"]["fields"] == ["name", "address"]
    assert (found["person_data"]["version"], found["owner"]) == (2, "officer")
    await list_questions(None, as_json=False)
    assert "name, address" in capsys.readouterr().out

    kept = {"version": 2, "adopts": False, "reason": "the claimant knows nothing of it"}
    assert await say(reported.stream_id, "person_data_decision", kept, OFFICER) == 0
    await list_questions(None, as_json=False)
    assert "no question is open" in capsys.readouterr().out
