"""In whatever order payments, returns and findings come: the debt is what arrived and was not due."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.builders import Story, a_record, an_outcome, approved, months_between, spelled, wib

from claims.commands import command as cmd
from claims.events import Event
from claims.events.basis import Heard
from claims.transitions.money import postings_of
from payments.orders import OrderState

FIRST = wib("2023-03-10 12:00:00")
PAID = months_between("2022-03", "2023-02")
ACTIONS = (
    "settled",
    "open",
    "returned",
    "another account",
    "taken back",
    "against",
    "for",
    "put right",
    "wage raised",
    "work found",
    "withdrawn",
)


def said(action: str, nth: int, story: Story) -> tuple[cmd.Command, ...]:
    """What is said of the first thing that an action can be about; nothing where there is none."""
    claim = story.claim
    orders = [order for month in claim.months for order in month.orders]
    of_state = {state: [order for order in orders if order.state is state] for state in OrderState}
    under_way = of_state[OrderState.ORDERED] + of_state[OrderState.UNKNOWN]
    asked = [question.asked.question for question in claim.open_questions]
    match action:
        case "settled" | "open":
            return tuple(an_outcome(order, action) for order in under_way[:1])
        case "returned":
            return tuple(an_outcome(order, "returned") for order in of_state[OrderState.SETTLED][-1:])
        case "another account":
            return (cmd.ChangeAccount(account_version=claim.account_version + 1),)
        case "taken back":
            return (cmd.WithdrawLayoff(reported_by="employer"),)
        case "against" | "for":
            answers = (
                cmd.AnswerQuestion(question=number, statement="disagrees", reference="r") for number in asked
            )
            decided = (
                cmd.DecideByOfficer(approves=action == "for", reason="seen", question=number)
                for number in asked
            )
            return tuple(one for pair in zip(answers, decided, strict=True) for one in pair)[:2]
        case "put right":
            return (cmd.PutRight(what="cessation", reason="seen"),)
        case "wage raised":
            return (cmd.RecordContributions(record=a_record(paid=PAID, wage_idr=4_000_000 + 100_000 * nth)),)
        case "work found":
            return (cmd.ReportReemployment(since=date(2023, 3, 10)),)
    return (cmd.WithdrawClaim(reason="moved"),) if nth > 8 else ()


def lived(actions: list[str]) -> Story:
    story, at = approved(2023), FIRST
    for nth, action in enumerate(actions):
        for message in said(action, nth, story):
            at += timedelta(hours=1)
            story = story.when(message, spelled(at))
            the_debt_is_what_arrived_and_was_not_due(story)
    return story


def the_debt_is_what_arrived_and_was_not_due(story: Story) -> None:
    claim = story.claim
    for month in claim.months:
        assert 0 <= month.receivable_idr <= month.paid_idr
        if month.number <= claim.last_month_owed:
            assert month.receivable_idr == 0
        elif claim.ceased is not None and isinstance(claim.ceased.basis, Heard):
            assert month.receivable_idr == month.paid_idr
        settled = Counter(o.obligation for o in month.orders if o.state is OrderState.SETTLED)
        assert max(settled.values(), default=0) <= 1, "nothing is paid twice"
    accounts = balances(story.events)
    assert accounts["receivable"] == sum(month.receivable_idr for month in claim.months)
    assert accounts["bank"] == -sum(month.paid_idr for month in claim.months)
    assert sum(accounts.values()) == 0


def balances(events: tuple[Event, ...]) -> Counter[str]:
    accounts: Counter[str] = Counter()
    for event in events:
        for posting in postings_of(event):
            accounts[posting.debit] += posting.amount_idr
            accounts[posting.credit] -= posting.amount_idr
    return accounts


@given(st.lists(st.sampled_from(ACTIONS), max_size=14))
@settings(max_examples=80, deadline=None)
def test_in_any_order_the_debt_and_the_ledger_say_what_arrived_and_was_not_due(actions: list[str]) -> None:
    lived(actions)


@pytest.mark.long
@given(st.lists(st.sampled_from(ACTIONS), max_size=30))
@settings(max_examples=5_000, deadline=None)
def test_so_they_do_over_long_lives(actions: list[str]) -> None:
    lived(actions)


def test_the_debt_that_outlived_its_payment() -> None:
    story = lived(["taken back", "settled", "against", "returned"])
    assert balances(story.events)["receivable"] == 0
