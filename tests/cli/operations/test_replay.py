"""`jkp claim replay`: what was decided comes out again; what was changed, or another law, is named."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from support.store_world import StoreWorld, paid_record

from claims.commands.command import (
    AnswerQuestion,
    AskForDocuments,
    AttendCounselling,
    AttendTraining,
    ChangeAccount,
    CompleteSelfAssessment,
    DecideByOfficer,
    FileClaim,
    RecordContributions,
    RecordJobSearch,
    RecordTransfer,
    ReportLayoff,
    ReportReemployment,
    RequestRecord,
    WithdrawEffort,
    WithdrawLayoff,
)
from claims.entitlement.windows import month_window, reference_date
from claims.events import BenefitAuthorized
from claims.events.facts import Attendance, Layoff, Participant, TrainingSession
from claims.replaying import Mismatch, NotReplayed, replay
from cli.operations.calendar import load_file
from cli.operations.replay import replay_claims
from cli.problems import Refused
from law.grounds import Ground
from law.periods import day_of
from law.regimes import LAW
from law.rules import Cited, Law, SeparationReason
from payments.orders import OrderState
from store.claims.kind import ClaimStepResult
from store.claims.queries import view_claim
from store.claims.replaying import load_known
from store.engine.step import Caller
from store.payments.orders import begin_sending
from store.scheduling.clock import GRACE, advance_to

NOBODYS = UUID("0193aaaa-0000-7000-8000-000000000000")


def saved(folder: Path, row: str) -> Path:
    """A decree of one day."""
    file = folder / "one.csv"
    file.write_text(f"day,kind,name\n{row}\n", "utf-8")
    return file


async def pay(world: StoreWorld, result: ClaimStepResult, outcome: str = "settled") -> ClaimStepResult:
    """The bank says what became of every order that is to be sent."""
    for order_id in result.next_step.order_ids:
        permit = await begin_sending(world.pool, order_id, lease=timedelta(minutes=5))
        assert permit is not None
        told = RecordTransfer.model_validate(
            {
                "order_id": order_id,
                "outcome": outcome,
                "amount_idr": permit.amount_idr,
                "ground": Ground.ACCOUNT_REFUSED if outcome == "refused" else Ground.COUNTS,
                "bank_code": "2001800",
                "found_by": "answer",
            }
        )
        result = await world.say(result.stream_id, told)
    return result


async def until_month(world: StoreWorld, stream_id: UUID, month: int, hours: float = 3) -> date:
    """The window of a month opens; returns the first day that counts for its search."""
    claim = (await view_claim(world.steps, stream_id)).claim
    window = month_window(claim, month, world.steps.law, world.steps.calendar)
    async with world.pool.acquire() as connection:
        await advance_to(connection, window.opens_at + timedelta(hours=hours))
    return reference_date(claim, month - 1)


async def approved_by_an_officer(world: StoreWorld, layoff: Layoff) -> ClaimStepResult:
    """Reported by both, filed twice, told otherwise, referred; documents asked for and sent."""
    stream_id = (await world.report(layoff)).stream_id
    await world.report(layoff, by="participant")
    filing = FileClaim(
        participant=layoff.participant,
        account_version=await world.account(layoff.participant),
        commitment_version="kapk-1",
        commitment_sha256="0" * 64,
    )
    await world.say(stream_id, filing, filing)
    resigned = layoff.model_copy(update={"reason": SeparationReason.RESIGNATION})
    await world.say(stream_id, ReportLayoff(layoff=resigned, reported_by="employer"))
    await world.say(stream_id, RecordContributions(record=paid_record(wage_idr=4_000_000)))
    await world.say(stream_id, AskForDocuments(documents=("proof_of_layoff",)))
    await world.say(stream_id, AnswerQuestion(question=1, statement="sends_documents", reference="doc-1"))
    await world.say(stream_id, DecideByOfficer(approves=False, reason="too early"))
    return await world.say(stream_id, DecideByOfficer(approves=True, reason="the proof is good"))


async def paid_to_a_second_account(
    world: StoreWorld, participant: Participant, approved: ClaimStepResult
) -> None:
    """The bank refuses the first account."""
    await pay(world, approved, "refused")
    second = await world.account(participant, "9876543210")
    await pay(world, await world.say(approved.stream_id, ChangeAccount(account_version=second)))


async def month_2_with_an_application_taken_back(world: StoreWorld, stream_id: UUID) -> None:
    """Five applications, of which one is taken back after the month was applied for, and told anew."""
    first = await until_month(world, stream_id, 2)
    five = world.five_applications(first)
    await world.say(stream_id, five)
    await world.say(stream_id, WithdrawEffort(reference=f"L-{first}-0"))
    assert (await world.say(stream_id, world.certification(2))).next_step.todo == "wait"
    again = five.efforts[0].model_copy(update={"reference": "again"})
    await pay(world, await world.say(stream_id, RecordJobSearch(efforts=(again,))))


async def a_wage_raised_then_lowered(world: StoreWorld, stream_id: UUID) -> None:
    """The raise is paid; the claimant disagrees with the lower wage, and an officer finds it true."""
    await world.say(stream_id, RequestRecord(reason="one month was missing"))
    raised = RecordContributions(record=paid_record(23, wage_idr=4_500_000))
    await pay(world, await world.say(stream_id, raised))
    await world.say(stream_id, RequestRecord(reason="the employer corrects"))
    await world.say(stream_id, RecordContributions(record=paid_record(22, wage_idr=4_200_000)))
    await world.say(stream_id, AnswerQuestion(question=2, statement="disagrees", reference="doc-2"))
    await world.say(stream_id, DecideByOfficer(approves=False, reason="wage slips", question=2))


async def a_lost_month_then_training(world: StoreWorld, stream_id: UUID, approved_on: date) -> None:
    """Nobody applies for month 3; training and counselling are told after it."""
    await until_month(world, stream_id, 4)
    await world.say(stream_id)
    session = TrainingSession(
        session="s-1", held_on=approved_on + timedelta(days=31), attendance=Attendance.ATTENDED
    )
    training = AttendTraining(provider="lpk", course="c-1", sessions=(session,))
    counselling = AttendCounselling(attended_on=approved_on, office="office-1")
    await pay(world, await world.say(stream_id, training, counselling))


async def a_report_taken_back_then_work(world: StoreWorld, stream_id: UUID) -> None:
    """There was a layoff, an officer finds; then work ends the benefit."""
    await world.say(stream_id, WithdrawLayoff(reported_by="employer"))
    await world.pass_days(20)
    await world.say(stream_id, DecideByOfficer(approves=True, reason="there was a layoff", question=3))
    await world.say(stream_id, ReportReemployment(since=(await view_claim(world.steps, stream_id)).at.date()))
    await until_month(world, stream_id, 6)
    await world.say(stream_id)


async def a_life_with_corrections(world: StoreWorld) -> UUID:
    """Referred, documents, approved; a refused account, a raised and a lowered wage, a lost month, work."""
    layoff = await world.layoff()
    approved = await approved_by_an_officer(world, layoff)
    stream_id, approved_on = approved.stream_id, day_of(approved.at)
    await paid_to_a_second_account(world, layoff.participant, approved)
    await world.say(stream_id, CompleteSelfAssessment(form_version="a-1", completed_on=approved_on))
    await month_2_with_an_application_taken_back(world, stream_id)
    await a_wage_raised_then_lowered(world, stream_id)
    await a_lost_month_then_training(world, stream_id, approved_on)
    await a_report_taken_back_then_work(world, stream_id)
    return stream_id


async def test_a_life_with_corrections_comes_out_bit_for_bit(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    stream_id = await a_life_with_corrections(world)
    view = await view_claim(world.steps, stream_id)
    types = {recorded.event.type for recorded in view.events}
    assert {
        "claim_referred", "question_asked", "question_decided", "claim_approved", "payment_failed",
        "month_adjusted", "wage_redetermined", "claim_reconsidered", "effort_withdrawn", "month_forfeited",
        "benefit_ceased", "layoff_withdrawn", "filing_not_accepted", "record_requested",
    } <= types  # fmt: skip
    settled = [o for m in view.claim.months for o in m.orders if o.state is OrderState.SETTLED]
    assert len(settled) >= 4

    assert await replay_claims(stream_id, every=False, as_json=False) == 0

    shown = capsys.readouterr().out
    assert shown == f"1 claims, {len(view.events)} events replayed, 0 differences\n"


async def test_a_changed_byte_of_a_decision_is_named(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    other = await world.approved(nik="3273014502900002")
    owner = await asyncpg.connect()
    await owner.execute(
        "update events set payload = convert_to(replace(convert_from(payload, 'UTF8'), "
        "'\"amount_idr\":3000000', '\"amount_idr\":3000001'), 'UTF8') "
        "where stream_id = $1 and type = 'benefit_authorized'",
        result.stream_id,
    )
    await owner.close()

    assert await replay_claims(None, every=True, as_json=False) == 1

    shown = capsys.readouterr().out
    assert shown.splitlines() == [
        f"claim/{result.stream_id}, event 5: benefit_authorized comes out otherwise",
        "    amount_idr: recorded 3000001, now 3000000",
        f"claim/{result.stream_id}, event 6: payment_ordered comes out otherwise",
        "    amount_idr: recorded 3000000, now 3000001",
        "2 claims, 12 events replayed, 2 differences",
    ]
    assert await replay_claims(other.stream_id, every=False, as_json=False) == 0


async def test_a_decision_taken_out_and_one_put_in_are_named(world: StoreWorld) -> None:
    result = await world.approved()
    stream = await load_known(world.pool, result.stream_id)
    laws, calendars = {LAW.version: LAW}, {world.steps.calendar.version: world.steps.calendar}

    without = list(replay([k for k in stream if k.version not in (5, 6)], laws, calendars, GRACE))
    assert [(f.version, _types(f)) for f in without] == [(5, (None, "benefit_authorized"))]
    twice = [*stream[:5], replace(stream[4], version=6), replace(stream[5], version=7)]
    put_in = list(replay(twice, laws, calendars, GRACE))
    assert [(f.version, _types(f)) for f in put_in] == [(6, ("benefit_authorized", None))]


def _types(found: Mismatch | NotReplayed) -> tuple[str | None, str | None]:
    assert isinstance(found, Mismatch)
    recorded, replayed = (None if e is None else e.type for e in (found.recorded, found.replayed))
    return (recorded, replayed)


async def test_under_a_law_with_another_rate_every_month_comes_out_otherwise(world: StoreWorld) -> None:
    stream_id = await a_life_with_corrections(world)
    stream = await load_known(world.pool, stream_id)
    rates: Cited[tuple[Decimal, ...]] = Cited(
        (Decimal("0.55"),) * 6, "PP 37/2021 Pasal 21(1)", date(2025, 2, 7)
    )
    lower = Law((LAW.regimes[0], replace(LAW.regimes[1], replacement_rates=rates)))
    assert lower.version != LAW.version

    found = list(
        replay(stream, {LAW.version: lower}, {world.steps.calendar.version: world.steps.calendar}, GRACE)
    )

    recorded = [f.recorded for f in found if isinstance(f, Mismatch)]
    replayed = [f.replayed for f in found if isinstance(f, Mismatch)]
    first, again = recorded[0], replayed[0]
    assert isinstance(first, BenefitAuthorized)
    assert isinstance(again, BenefitAuthorized)
    assert (first.month, first.amount_idr, again.amount_idr) == (1, 2_400_000, 2_200_000)
    months = [e.month for e in recorded if isinstance(e, BenefitAuthorized)]
    authorized = [r.event.month for r in (await view_claim(world.steps, stream_id)).events
                  if isinstance(r.event, BenefitAuthorized)]  # fmt: skip
    assert months == authorized


async def test_what_another_law_decided_is_not_replayed_and_said_so(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    owner = await asyncpg.connect()
    await owner.execute("update events set rules_version = '2021+2025/00000000' where version = 2")
    await owner.close()

    assert await replay_claims(result.stream_id, every=False, as_json=True) == 1

    assert json.loads(capsys.readouterr().out) == {
        "claims": 1,
        "events": 5,
        "not_replayed": 1,
        "differences": [
            {
                "claim_id": str(result.stream_id),
                "version": 2,
                "type": "claim_filed",
                "not_replayed": "law 2021+2025/00000000 is not known here",
            }
        ],
    }


async def test_a_claim_is_replayed_by_each_calendar_that_it_was_decided_by(
    world: StoreWorld, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    before = await world.filed(nik="3273014502900002")
    decree = tmp_path / "skb.csv"
    decree.write_text("day,kind,name\n2025-02-12,national_holiday,Libur\n2025-03-31,working_day,\n", "utf-8")
    await load_file(decree, "SKB 5/2025")
    await load_file(saved(tmp_path, "2025-02-13,national_holiday,Libur"), "SKB 6/2025")
    await world.say(before.stream_id, RecordContributions(record=paid_record()))
    await world.pass_days(40)
    await world.steps.run_step(result.stream_id, (), Caller.WORKFLOW)
    used = "select count(distinct calendar_version) from events where stream_id = $1"
    assert await world.pool.fetchval(used, before.stream_id) == 3
    capsys.readouterr()

    assert await replay_claims(None, every=True, as_json=False) == 0

    said = capsys.readouterr().out.splitlines()
    assert len(said) == 1
    assert said[0].startswith("2 claims, ")
    assert said[0].endswith(" events replayed, 0 differences")


async def test_what_was_decided_by_a_calendar_that_is_not_kept_is_said_to_be_left_out(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    owner = await asyncpg.connect()
    await owner.execute("update events set calendar_version = 'SKB 9' where version = 2")
    await owner.close()

    assert await replay_claims(result.stream_id, every=False, as_json=False) == 1

    assert capsys.readouterr().out.splitlines() == [
        f"claim/{result.stream_id}, event 2: claim_filed is not replayed: calendar SKB 9 is not known here",
        "1 claims, 5 events replayed, 0 differences, 1 not replayed",
    ]


async def test_what_is_shown_of_a_difference_names_no_wage(
    world: StoreWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    result = await world.approved()
    owner = await asyncpg.connect()
    await owner.execute(
        "update events set payload = convert_to(replace(convert_from(payload, 'UTF8'), "
        "'6000000', '6000001'), 'UTF8') where type = 'claim_approved'"
    )
    await owner.close()

    assert await replay_claims(result.stream_id, every=False, as_json=False) == 1

    shown = capsys.readouterr().out
    assert "reported_wage_idr: recorded (a wage, not shown), now (a wage, not shown)" in shown
    assert "600000" not in shown


async def test_a_claim_that_nobody_reported_is_not_replayed(world: StoreWorld) -> None:
    with pytest.raises(Refused, match="no claim"):
        await replay_claims(NOBODYS, every=False, as_json=False)
    with pytest.raises(Refused, match="--all"):
        await replay_claims(None, every=False, as_json=False)
