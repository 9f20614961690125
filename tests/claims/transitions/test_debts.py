"""A debt is what arrived of a month that is not owed: it comes with the payment, and goes with it."""

from datetime import date

from support.builders import Story, a_record, an_outcome, approved, lived_through, months_between

from claims.agenda.notices import NoticeKind, notices_for
from claims.commands import command as cmd
from claims.events import PaymentOrdered, ReceivableDropped, ReceivableFound
from law.grounds import Ground

PAID = months_between("2022-03", "2023-02")


def in_doubt() -> Story:
    """Laid off on 3 March 2023 with a wage of Rp4,000,000, approved; the employer takes its report back."""
    return approved(2023).when(cmd.WithdrawLayoff(reported_by="employer"), "2023-03-13")


def answered(story: Story, question: int = 1) -> Story:
    said = cmd.AnswerQuestion(question=question, statement="disagrees", reference="portal-1")
    return story.when(said, "2023-03-14")


def against(story: Story, question: int = 1, at: str = "2023-03-20") -> Story:
    found = cmd.DecideByOfficer(approves=False, reason="no layoff", question=question)
    return answered(story, question).when(found, at)


def raised(story: Story, wage_idr: int = 4_600_000) -> Story:
    """BPJS raises the wage: month 1 is owed a difference of 45 % of Rp600,000."""
    return story.when(cmd.RecordContributions(record=a_record(paid=PAID, wage_idr=wage_idr)), "2023-03-13")


def debts(story: Story) -> list[int]:
    return [month.receivable_idr for month in story.claim.months if month.receivable_idr]


def letters(story: Story) -> list[NoticeKind]:
    return [notice.kind for notice in notices_for(story.added, story.claim)]


def test_a_return_takes_with_it_the_debt_of_its_payment() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14"))
    assert debts(story) == [1_800_000]

    back = story.bank(1, "returned", "2023-03-22")
    assert debts(back) == []
    [dropped] = back.new(ReceivableDropped)
    assert (dropped.month, dropped.amount_idr) == (1, 1_800_000)
    assert letters(back) == [NoticeKind.RECEIVABLE_FOUND], (
        "it says that the debt is gone, and asks for no account"
    )


def test_what_came_back_before_it_was_decided_is_no_debt() -> None:
    story = in_doubt().bank(1, "settled", "2023-03-14").bank(1, "returned", "2023-03-15")
    assert against(story).all(ReceivableFound) == ()


def test_what_arrives_after_it_was_decided_is_a_debt_and_its_return_ends_it() -> None:
    story = against(in_doubt().bank(1, "open", "2023-03-14"))
    assert debts(story) == []
    arrived = story.bank(1, "settled", "2023-03-22")
    assert debts(arrived) == [1_800_000]
    assert debts(arrived.bank(1, "returned", "2023-03-23")) == []


def test_of_a_month_whose_benefit_was_cancelled_the_difference_that_arrives_is_the_debt() -> None:
    story = against(raised(in_doubt()).bank(1, "open", "2023-03-14"))
    assert debts(story) == []

    arrived = story.bank(1, "settled", "2023-03-22")
    assert debts(arrived) == [270_000]
    assert (arrived.claim.owings[0].obligation, arrived.claim.owings[0].settled) == ("difference/1/1", True)


def test_a_second_return_of_one_payment_changes_nothing() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14"))
    twice = story.bank(1, "returned", "2023-03-22").bank(1, "returned", "2023-03-23")
    assert twice.told.verdict.ground is Ground.ORDER_ALREADY_FINAL
    assert debts(twice) == []
    assert len(twice.all(ReceivableDropped)) == 1


def test_what_was_returned_is_not_sent_to_another_account_once_it_is_not_owed() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14")).bank(1, "returned", "2023-03-22")
    moved = story.when(cmd.ChangeAccount(account_version=2), "2023-03-23")
    assert moved.new(PaymentOrdered) == ()
    assert moved.step("2023-03-23").awaited == ()


def test_what_was_paid_again_after_a_return_is_the_debt_once() -> None:
    story = in_doubt().bank(1, "settled", "2023-03-14").bank(1, "returned", "2023-03-15")
    again = story.when(cmd.ChangeAccount(account_version=2), "2023-03-16").bank(1, "settled", "2023-03-16")
    assert debts(against(again)) == [1_800_000]


def two_owings() -> Story:
    """The benefit of month 1 is paid, what a raised wage adds to it is paid, and both are found not owed."""
    return against(raised(in_doubt().bank(1, "settled", "2023-03-13")).bank(1, "settled", "2023-03-14"))


def test_of_two_owings_of_a_month_only_the_one_that_came_back_is_no_debt() -> None:
    story = two_owings()
    assert debts(story) == [2_070_000]
    benefit = story.claim.month(1).orders[0]
    back = story.when(an_outcome(benefit, "returned"), "2023-03-22")
    assert debts(back) == [270_000]


def test_of_two_owings_the_returned_one_is_neither_paid_again_nor_awaited() -> None:
    back = two_owings().bank(1, "returned", "2023-03-22")
    assert debts(back) == [1_800_000]
    moved = back.when(cmd.ChangeAccount(account_version=2), "2023-03-23")
    assert moved.new(PaymentOrdered) == ()
    assert [each.what for each in moved.step("2023-03-23").awaited] == []


def test_the_second_owing_that_arrives_late_adds_to_the_debt() -> None:
    story = raised(in_doubt().bank(1, "settled", "2023-03-13")).bank(1, "open", "2023-03-14")
    story = against(story)
    assert debts(story) == [1_800_000]
    assert debts(story.bank(1, "settled", "2023-03-22")) == [2_070_000]


def after_work() -> Story:
    """Months 1 to 3 are paid on the way when work since 20 April is told: of month 3 a person is to say."""
    story = lived_through(approved(2023), 3)
    return story.when(cmd.ReportReemployment(since=date(2023, 4, 20)), "2023-05-12")


def test_after_ones_own_word_of_work_a_return_ends_the_debt_that_a_person_found() -> None:
    story = after_work().when(
        cmd.AnswerQuestion(question=1, statement="agrees", reference="portal-1"), "2023-05-13"
    )
    story = story.when(cmd.DecideByOfficer(approves=False, reason="seen", question=1), "2023-05-15")
    assert debts(story) == [1_800_000]
    assert debts(story.bank(3, "returned", "2023-05-16")) == []


def test_what_a_person_put_right_is_no_debt_and_paid_again_after_its_return() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14"))
    right = story.when(cmd.PutRight(what="cessation", reason="a layoff after all"), "2023-03-21")
    assert debts(right) == []
    back = right.bank(1, "returned", "2023-03-22").when(cmd.ChangeAccount(account_version=2), "2023-03-23")
    assert [order.amount_idr for order in back.new(PaymentOrdered)] == [1_800_000]


def test_put_right_after_the_return_the_month_is_paid_to_another_account() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14")).bank(1, "returned", "2023-03-20")
    right = story.when(cmd.PutRight(what="cessation", reason="a layoff after all"), "2023-03-21")
    assert right.new(ReceivableDropped) == ()
    moved = right.when(cmd.ChangeAccount(account_version=2), "2023-03-22")
    assert [order.amount_idr for order in moved.new(PaymentOrdered)] == [1_800_000]


def test_a_withdrawn_claim_keeps_only_the_debt_of_what_arrived() -> None:
    story = against(in_doubt().bank(1, "open", "2023-03-14")).when(
        cmd.WithdrawClaim(reason="moved"), "2023-03-21"
    )
    arrived = story.bank(1, "settled", "2023-03-22")
    assert debts(arrived) == [1_800_000]
    assert debts(arrived.bank(1, "returned", "2023-03-23")) == []


def test_the_letter_of_the_person_who_puts_an_end_right_tells_of_the_debt_alone() -> None:
    story = against(in_doubt().bank(1, "settled", "2023-03-14"))
    right = story.when(cmd.PutRight(what="cessation", reason="a layoff after all"), "2023-03-21")
    assert letters(right) == [NoticeKind.DECISION_PUT_RIGHT]
