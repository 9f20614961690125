"""What is told after the last payment, or after an end, is asked about as the day before."""

from datetime import date

from support.builders import Story, a_record, approved, certification, lived_through

from claims.agenda.next_step import Status
from claims.commands import command as cmd
from claims.events import BenefitCeased, ClaimExhausted, QuestionAsked, ReceivableFound
from claims.state.claim import Ending
from law.grounds import Ground


def works(since: str, **said: object) -> cmd.ReportReemployment:
    return cmd.ReportReemployment(since=date.fromisoformat(since), **said)  # type: ignore[arg-type]


def by_officer(question: int, *, founded: bool) -> cmd.DecideByOfficer:
    return cmd.DecideByOfficer(approves=not founded, reason="seen", question=question)


def answered(story: Story, question: int, at: str) -> Story:
    return story.when(cmd.AnswerQuestion(question=question, statement="disagrees", reference="r"), at)


def over() -> Story:
    """Six months paid, and the claim has run out."""
    story = lived_through(approved())
    assert story.claim.ending is Ending.EXHAUSTED
    return story


def asked(story: Story) -> list[tuple[Ground, tuple[int, ...]]]:
    return [(question.ground, question.months) for question in story.new(QuestionAsked)]


def debts(story: Story) -> list[int]:
    return [month.number for month in story.claim.months if month.receivable_idr]


def test_a_claim_that_is_over_shows_the_month_that_it_reached() -> None:
    step = over().step("2025-09-20")
    assert (step.status, step.benefit_month) == (Status.EXHAUSTED, 6)


def test_work_told_after_the_last_payment_is_asked_about_and_the_debt_is_what_was_paid() -> None:
    story = over().when(works("2025-08-01"), "2025-09-20")
    assert asked(story) == [(Ground.REEMPLOYED, (6,))]
    found = answered(story, 1, "2025-09-21").when(by_officer(1, founded=True), "2025-09-22")
    assert [(each.month, each.amount_idr) for each in found.new(ReceivableFound)] == [(6, 2_400_000)]


def test_work_that_an_officer_found_to_be_none_leaves_nothing_open() -> None:
    story = over().when(works("2025-08-01"), "2025-09-20").when(by_officer(1, founded=False), "2025-09-22")
    assert debts(story) == []
    assert story.step("2025-09-22").awaited == ()
    assert story.step("2025-09-22").benefit_month == 6


def test_a_doubt_that_proves_unfounded_ends_the_claim_again() -> None:
    story = over().when(cmd.WithdrawLayoff(reported_by="employer"), "2025-09-20")
    assert (story.claim.ending, asked(story)) == (None, [(Ground.LAYOFF_WITHDRAWN, ())])
    free = story.when(by_officer(1, founded=False), "2025-09-22")
    assert [each.total_idr for each in free.new(ClaimExhausted)] == [14_400_000]


def test_a_doubt_that_proves_right_makes_a_debt_of_everything_paid() -> None:
    story = answered(over().when(cmd.WithdrawLayoff(reported_by="employer"), "2025-09-20"), 1, "2025-09-21")
    assert debts(story.when(by_officer(1, founded=True), "2025-09-22")) == [1, 2, 3, 4, 5, 6]


def test_a_lower_wage_told_after_the_last_payment_is_no_question() -> None:
    lower = cmd.RecordContributions(record=a_record(wage_idr=3_900_000))
    assert over().when(lower, "2025-09-20").new(QuestionAsked) == ()


def test_work_in_the_register_after_the_last_payment_is_asked_about() -> None:
    later = cmd.RecordContributions(record=a_record(reemployed_on="2025-07-01"))
    story = over().when(later, "2025-09-20")
    assert [(q.ground, q.last_month_owed) for q in story.new(QuestionAsked)] == [(Ground.REEMPLOYED, 4)]
    found = answered(story, 1, "2025-09-21").when(by_officer(1, founded=True), "2025-09-22")
    assert debts(found) == [5, 6]


def worked_in_may() -> Story:
    """Months 1 to 3 paid; work since 20 May, told that day."""
    return lived_through(approved(), 3).when(works("2025-05-20"), "2025-05-20")


def test_an_earlier_day_of_work_ends_the_benefit_earlier() -> None:
    story = worked_in_may().when(works("2025-04-20"), "2025-06-02")
    assert [each.last_month_owed for each in story.all(BenefitCeased)] == [3, 2]
    assert asked(story) == [(Ground.REEMPLOYED, (3,))]


def test_a_later_day_of_work_changes_nothing() -> None:
    story = worked_in_may().when(works("2025-06-01"), "2025-06-02")
    assert story.told.verdict.ground is Ground.ALREADY_RECORDED
    assert len(story.all(BenefitCeased)) == 1


def test_a_death_before_the_work_ends_it_earlier_and_the_family_is_asked() -> None:
    story = worked_in_may().when(cmd.ReportDeath(died_on=date(2025, 4, 20)), "2025-06-02")
    assert asked(story) == [(Ground.DECEASED, (3,))]


def test_what_was_found_unfounded_before_the_end_is_asked_of_the_months_paid_since() -> None:
    """The register names work; an officer finds none; month 4 is paid; then the claimant tells of it."""
    story = lived_through(approved(), 3)
    story = story.when(cmd.RecordContributions(record=a_record(reemployed_on="2025-05-20")), "2025-05-21")
    assert asked(story) == [(Ground.REEMPLOYED, (4, 5, 6))]
    story = story.when(by_officer(1, founded=False), "2025-05-22")
    story = story.when(
        cmd.RecordJobSearch.model_validate(
            {
                "efforts": [
                    {
                        "reference": "c",
                        "kind": "interview_call",
                        "company": "PT C",
                        "position": "x",
                        "done_on": "2025-05-23",
                    }
                ]
            }
        ),
        "2025-05-23",
    )
    story = story.when(certification(4), "2025-06-10").bank(4, "settled", "2025-06-10")
    story = story.when(works("2025-05-20"), "2025-06-12")
    assert asked(story) == [(Ground.REEMPLOYED, (4,))]


def no_layoff_found() -> Story:
    """Work ended the benefit after month 3; then a person found that there was no layoff at all."""
    story = worked_in_may().when(cmd.WithdrawLayoff(reported_by="employer"), "2025-06-02")
    story = answered(story, 1, "2025-06-03").when(by_officer(1, founded=True), "2025-06-04")
    assert debts(story) == [1, 2, 3]
    return story


def test_the_end_before_holds_again_when_a_person_puts_the_later_one_right() -> None:
    story = no_layoff_found().when(cmd.PutRight(what="cessation", reason="a layoff"), "2025-06-05")
    assert debts(story) == []
    ceased = story.claim.ceased
    assert ceased is not None
    assert (ceased.ground, ceased.last_month_owed) == (Ground.REEMPLOYED, 3)
    assert story.claim.resumed is not None
    assert story.claim.resumed.months == ()
    assert story.wake("2025-09-30").step("2025-09-30").awaited == ()


def test_that_end_put_right_too_brings_the_months_to_come_back() -> None:
    story = no_layoff_found().when(cmd.PutRight(what="cessation", reason="a layoff"), "2025-06-05")
    story = story.when(cmd.PutRight(what="cessation", reason="the work never began"), "2025-06-06")
    assert story.claim.ceased is None
    assert story.claim.resumed is not None
    assert story.claim.resumed.months == (4, 5, 6)


def test_after_a_withdrawal_nothing_is_asked() -> None:
    story = lived_through(approved(), 3).when(cmd.WithdrawClaim(reason="moved"), "2025-05-20")
    assert story.when(works("2025-04-20"), "2025-06-02").told.verdict.ground is Ground.CLAIM_ENDED
