"""Who waits for whom at the edges: the last instant of a term, a question about no month, a dead account."""

from dataclasses import replace
from datetime import date

import pytest
from support.builders import (
    Story,
    a_layoff,
    a_record,
    approved,
    certification,
    decided,
    lived,
    lived_through,
    months_between,
    paid,
    reported,
    searched,
    wib,
)

from claims import events as e
from claims.agenda.deadlines import deadlines
from claims.agenda.next_step import at_risk_instants, current_month, open_orders, payment_instants
from claims.agenda.notices import Notice, NoticeKind, concerns_the_claimant, notices_for, reminders_due
from claims.agenda.obligations import Owner
from claims.commands import command as cmd
from claims.wording.conditions import with_facts
from claims.wording.language import Bilingual
from law.ages import age_band
from law.grounds import Ground
from law.regimes import LAW
from law.rules import Office
from payments.orders import OrderState


def without_proof() -> Story:
    """Referred on Monday 10 March for its proof; the claimant may answer to the end of the 19th."""
    return decided(a_layoff(office=Office.NONE), a_record(), "2025-03-10")


def owners(story: Story, at: str) -> list[Owner]:
    return [wait.owner for wait in story.step(at).awaited]


def test_a_referral_waits_for_the_claimant_until_the_last_instant_or_the_answer() -> None:
    story = without_proof()
    assert owners(story, "2025-03-19 23:59:59") == [Owner.OFFICER, Owner.CLAIMANT]
    assert owners(story, "2025-03-20 00:00:00") == [Owner.OFFICER]
    answer = cmd.AnswerQuestion(question=0, statement="disagrees", reference="portal-1")
    assert owners(story.when(answer, "2025-03-11"), "2025-03-12") == [Owner.OFFICER]


def test_a_question_about_no_month_is_awaited_for_no_month_and_binds_no_payment() -> None:
    asked = without_proof().when(cmd.AskForDocuments(documents=("contract",)), "2025-03-11")
    documents = next(wait for wait in asked.step("2025-03-12").awaited if wait.what == "documents")
    assert (documents.month, documents.binds) == (0, False)
    decision = asked.step("2025-03-24").awaited[-1]
    assert (decision.what, decision.month) == ("officer_decision", 0)


def dead_account() -> Story:
    """The bank refused the account of month 1 on 11 March at ten."""
    return approved().bank(1, "refused", "2025-03-11", Ground.ACCOUNT_REFUSED)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2025-03-11", "2025-04-10 10:05:00"),
        ("2025-03-11 10:06:00", "2025-04-10 10:05:00"),
        ("2025-04-10 10:04:59", "2025-04-10 10:05:00"),
        ("2025-04-10 10:05:00", "2025-05-10 10:05:00"),
        ("2025-06-09 10:05:00", "2025-07-09 10:05:00"),
    ],
)
def test_another_account_is_awaited_until_the_next_reminder_every_thirty_days(at: str, until: str) -> None:
    [account] = [wait for wait in dead_account().step(at).awaited if wait.what == "bank_account"]
    assert account.until == wib(until)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2025-03-11 10:05:00", None),
        ("2025-04-10 10:04:59", None),
        ("2025-04-10 10:05:00", "2025-04-10 10:05:00"),
        ("2025-05-10 10:04:59", "2025-04-10 10:05:00"),
        ("2025-06-20", "2025-06-09 10:05:00"),
    ],
)
def test_the_claimant_is_reminded_of_an_account_thirty_days_after_its_refusal_and_not_before(
    at: str, due: str | None
) -> None:
    expected = [] if due is None else [Notice(NoticeKind.TRANSFER_FAILED, 1, wib(due))]
    assert account_reminders(dead_account(), at) == expected


def account_reminders(story: Story, at: str) -> list[Notice]:
    found = reminders_due(story.claim, story.context(wib(at)))
    return [notice for notice in found if notice.kind is NoticeKind.TRANSFER_FAILED]


def test_a_transfer_on_its_way_or_paid_reminds_of_no_account_and_hides_no_other_that_does() -> None:
    story = lived(paid(approved(), 1), 2).bank(2, "refused", "2025-04-11", Ground.ACCOUNT_REFUSED)
    assert [notice.month for notice in account_reminders(story, "2025-05-12")] == [2]
    mended = story.when(cmd.ChangeAccount(account_version=2), "2025-04-12")
    assert account_reminders(mended, "2025-05-12") == []
    busy = approved().bank(1, "refused", "2025-03-11", Ground.NOT_EXECUTED)
    assert account_reminders(busy, "2025-04-12") == []


def test_a_returned_transfer_reminds_of_an_account_once_its_term_has_come() -> None:
    """Month 1 is to be paid by 13 March; it came back on the 12th."""
    story = paid(approved(), 1, "2025-03-11").bank(1, "returned", "2025-03-12")
    assert account_reminders(story, "2025-03-13") == []
    assert account_reminders(story, "2025-03-14 00:00:00") == [
        Notice(NoticeKind.TRANSFER_FAILED, 1, wib("2025-03-14 00:00:00"))
    ]


def test_a_refused_transfer_is_tried_again_at_its_instant_and_a_refused_account_is_not() -> None:
    busy = approved().bank(1, "refused", "2025-03-11", Ground.NOT_EXECUTED)
    assert payment_instants(busy.claim) == (wib("2025-03-11 10:05:00"),)
    assert payment_instants(dead_account().claim) == ()
    assert payment_instants(paid(approved(), 1).claim) == ()


def unsent(story: Story, at: str) -> Story:
    """The order of month 1 is found refused before anything was sent."""
    order = story.order(1)
    return story.when(
        cmd.RecordTransfer(
            order_id=order.order_id,
            outcome="unsent",
            amount_idr=order.amount_idr,
            ground=Ground.ACCOUNT_REFUSED,
            bank_code="2001800",
            found_by="answer",
        ),
        at,
    )


def test_an_order_that_nobody_took_up_is_refused_unsent_and_one_taken_up_is_not() -> None:
    story = approved()
    assert [event.ground for event in unsent(story, "2025-03-11").new(e.PaymentFailed)] == [
        Ground.ACCOUNT_REFUSED
    ]
    taken_up = replace(story, being_sent=(story.order(1).order_id,))
    assert unsent(taken_up, "2025-03-11").told.verdict.ground is Ground.ORDER_ALREADY_FINAL
    sent = story.bank(1, "open", "2025-03-11")
    assert unsent(sent, "2025-03-11").told.verdict.ground is Ground.ORDER_ALREADY_FINAL


def test_an_order_is_open_while_both_the_stream_and_the_table_say_so() -> None:
    story = approved()
    order = story.order(1)
    for row, is_open in ((OrderState.SENDING, True), (OrderState.SETTLED, False)):
        s = replace(story.context(wib("2025-03-11")), order_rows={order.order_id: row})
        assert [one.order_id for _, one in open_orders(story.claim, s)] == [order.order_id] * is_open
    settled = paid(story, 1)
    s = replace(settled.context(wib("2025-03-11")), order_rows={order.order_id: OrderState.SENDING})
    assert open_orders(settled.claim, s) == ()


@pytest.mark.parametrize(("at", "waits"), [("2025-09-03 23:59:59", True), ("2025-09-04 00:00:00", False)])
def test_a_refused_claim_waits_for_another_filing_until_the_window_has_closed(at: str, waits: bool) -> None:
    story = decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10")
    story = story.when(cmd.RequestRecord(reason="paid since"), "2025-09-03")
    assert ("filing_again" in [wait.what for wait in story.step(at).awaited]) is waits


def test_a_claim_of_which_no_month_is_decided_has_reached_month_0() -> None:
    claim = approved().claim
    undecided = replace(claim, months=tuple(replace(m, authorized=None, orders=()) for m in claim.months))
    over = replace(undecided, died_on=date(2025, 3, 1), ceased=ceased_before_month_1())
    story = replace(approved(), claim=over)
    assert story.step("2025-03-11").benefit_month == 0


def ceased_before_month_1() -> e.BenefitCeased:
    story = lived_through(approved(), 1).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-03-20")
    answer = cmd.AnswerQuestion(question=1, statement="agrees", reference="portal-1")
    story = story.when(answer, "2025-03-21").when(
        cmd.DecideByOfficer(approves=False, reason="no layoff", question=1), "2025-03-24"
    )
    [ceased] = story.all(e.BenefitCeased)
    assert ceased.last_month_owed == 0
    return ceased


def test_the_month_looked_at_is_the_first_undecided_one_and_none_after_the_end() -> None:
    story = lived_through(approved(), 2)
    assert current_month(story.claim) == 3
    assert current_month(reported().claim) is None
    assert current_month(story.when(cmd.WithdrawClaim(reason="moved"), "2025-04-24").claim) is None


def test_a_claim_is_looked_at_again_when_an_answer_is_due_and_not_when_a_transfer_is() -> None:
    """Month 1 is to be paid by 13 March; what the bank owes wakes nobody, the opening of month 2 does."""
    step = approved().step("2025-03-11")
    assert (step.awaited[0].owner, step.awaited[0].until) == (Owner.BANK, wib("2025-03-14 00:00:00"))
    assert step.next_at == wib("2025-04-10 00:00:00")
    asked = lived_through(approved(), 2).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")
    assert asked.step("2025-04-24").next_at == wib("2025-05-06 00:00:00")


def test_a_month_is_at_risk_on_the_very_day_on_which_its_window_opens() -> None:
    """The window of month 2 opens on 10 April and closes five days later, at the end of the 15th."""
    story = approved()
    assert at_risk_instants(story.claim, 2, LAW, story.calendar) == (
        wib("2025-04-11 00:00:00"),
        wib("2025-04-14 00:00:00"),
    )
    six = replace(LAW.regimes[1].reminder_days_before_month_closes, value=(6, 7))
    law = replace(
        LAW, regimes=(LAW.regimes[0], replace(LAW.regimes[1], reminder_days_before_month_closes=six))
    )
    assert at_risk_instants(story.claim, 2, law, story.calendar) == (wib("2025-04-10 00:00:00"),)


def told_dates(what: str, owner: str, kept: bool) -> bool:
    moved = e.DeadlineMoved.model_validate(
        {
            "what": what,
            "month": 0,
            "owner": owner,
            "edge": "closes",
            "was": wib("2025-03-14"),
            "now": wib("2025-03-17"),
            "kept": kept,
            "article": "record 25",
            "calendar_version": "v2",
        }
    )
    return concerns_the_claimant(moved)


@pytest.mark.parametrize(
    ("what", "owner", "kept", "told"),
    [
        ("answer", "claimant", False, True),
        ("answer", "claimant", True, False),
        ("transfer", "bank", False, True),
        ("layoff_report", "employer", False, False),
        ("employer_payment", "employer", False, True),
        ("employer_payment", "employer", True, False),
    ],
)
def test_the_claimant_is_told_of_dates_that_change_and_are_theirs_or_owed_to_them(
    what: str, owner: str, kept: bool, told: bool
) -> None:
    assert told_dates(what, owner, kept) is told


def test_two_debts_found_together_are_in_one_letter_and_what_comes_after_them_has_its_own() -> None:
    story = lived_through(approved(), 2).when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")
    answer = cmd.AnswerQuestion(question=1, statement="agrees", reference="portal-1")
    story = story.when(answer, "2025-04-25").when(
        cmd.DecideByOfficer(approves=False, reason="no layoff", question=1), "2025-04-28"
    )
    found = [effect for effect in story.added if isinstance(effect.event, e.ReceivableFound)]
    assert len(found) == 2
    ceased = next(effect for effect in story.added if isinstance(effect.event, e.BenefitCeased))
    letters = notices_for((*found, ceased), story.claim)
    assert [(each.kind, each.month) for each in letters] == [
        (NoticeKind.RECEIVABLE_FOUND, 1),
        (NoticeKind.BENEFIT_CEASED, 0),
    ]


def test_of_two_questions_the_letter_of_the_second_is_about_its_own_month() -> None:
    story = lived_through(approved(), 2)
    story = story.when(cmd.WithdrawLayoff(reported_by="employer"), "2025-04-24")
    business = cmd.ReportReemployment(since=date(2025, 5, 20), work="own_business")
    story = story.when(business, "2025-05-20")
    assert [question.asked.months[0] for question in story.claim.questions] == [3, 4]
    unfounded = cmd.DecideByOfficer(approves=True, reason="a hobby", question=2)
    story = story.when(unfounded, "2025-05-21")
    assert (NoticeKind.QUESTION_DECIDED, 4) in [(n.kind, n.month) for n in notices(story)]


def notices(story: Story) -> tuple[Notice, ...]:
    return notices_for(story.added, story.claim)


def test_month_1_that_the_employer_pays_is_told_by_the_approval_alone() -> None:
    arrears = a_record(
        paid=months_between("2023-03", "2024-08"),
        owed=months_between("2024-09", "2025-01"),
    )
    story = decided(a_layoff(), arrears, "2025-03-10").when(
        cmd.DecideByOfficer(approves=True, reason="arrears stand", payer="employer"), "2025-03-11"
    )
    granted = [effect for effect in story.added if isinstance(effect.event, e.BenefitAuthorized)]
    assert [effect.event.month for effect in granted if isinstance(effect.event, e.BenefitAuthorized)] == [1]
    assert notices_for(tuple(granted), story.claim) == ()
    second = searched(story, 2).when(certification(2), "2025-04-11")
    assert [(n.kind, n.month) for n in notices(second)] == [(NoticeKind.EMPLOYER_PAYS, 2)]


def test_a_second_look_that_changes_nothing_is_told_to_who_stands_refused_and_to_nobody_else() -> None:
    refused = decided(a_layoff(), a_record(paid=("2025-01",)), "2025-03-10")
    same = refused.when(cmd.RecordContributions(record=a_record(paid=("2025-02",))), "2025-03-12")
    assert NoticeKind.CLAIM_RECONSIDERED in [n.kind for n in notices(same)]
    granted = approved().when(
        cmd.RecordContributions(record=a_record().model_copy(update={"jkn_segment": "PBPU"})), "2025-03-12"
    )
    assert [event.outcome for event in granted.new(e.ClaimReconsidered)] == ["unchanged"]
    assert NoticeKind.CLAIM_RECONSIDERED not in [n.kind for n in notices(granted)]


@pytest.mark.parametrize(
    ("day", "band"),
    [
        ("2025-05-05", "under_25"),
        ("2025-05-06", "25_34"),
        ("2035-05-05", "25_34"),
        ("2055-05-05", "45_54"),
        ("2055-05-06", "55_and_over"),
    ],
)
def test_a_band_of_ages_ends_on_the_day_before_a_birthday(day: str, band: str) -> None:
    assert age_band(date(2000, 5, 6), date.fromisoformat(day)) == band


@pytest.mark.parametrize(("version", "said"), [(0, "none"), (1, "on record"), (2, "on record")])
def test_whether_an_account_is_on_record_is_said_in_words(version: int, said: str) -> None:
    text = Bilingual("{account}", "{account}")
    assert with_facts(text, {"account_version": version}, "en") == said


def test_of_a_withdrawn_claim_nobody_is_reminded_of_an_account() -> None:
    story = dead_account().when(cmd.WithdrawClaim(reason="moved"), "2025-03-12")
    assert reminders_due(story.claim, story.context(wib("2025-04-12"))) == ()


def test_an_order_of_the_last_month_that_the_end_had_cancelled_is_made_again() -> None:
    story = lived(lived_through(approved(), 5), 6)
    at_work = cmd.ReportReemployment(since=date(2025, 4, 12))
    ceased = story.when(at_work, "2025-09-09 13:00:00")
    assert [cancelled.month for cancelled in ceased.new(e.PaymentCancelled)] == [6]
    right = cmd.PutRight(what="cessation", reason="never at work")
    assert [order.month for order in ceased.when(right, "2025-09-10").new(e.PaymentOrdered)] == [6]


def test_the_word_on_an_objection_is_a_date_of_the_claim_with_its_own_rule() -> None:
    story = lived_through(approved(), 1).wake("2025-04-16")
    story = story.when(cmd.ObjectToDecision(what="month", month=2, reference="keberatan-1"), "2025-04-17")
    [due] = [d for d in deadlines(story.claim, story.context(wib("2025-04-17"))) if d.what == "objection"]
    assert (due.owner, due.month, due.last_day) == ("officer", 2, date(2025, 4, 22))
    assert due.rule == "3 working days after the objection"
