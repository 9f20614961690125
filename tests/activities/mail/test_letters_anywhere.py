"""Whatever is said to a claim, in whatever order: the letters it calls for can be sent, then and later."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from letters.hearings import (
    ARREARS,
    MONTH_6_DAY,
    PAYMENT_DAY,
    UNREGISTERED,
    answer,
    decreed,
    died,
    documents,
    officer,
    paid_by_employer,
    works,
)
from letters.lives import halves, holds_a_number_of_a_person, letter
from oracles.walk_places import Abstraction, Key, Place
from oracles.walking import walk
from support.builders import (
    Story,
    a_filing,
    a_fixed_term,
    a_layoff,
    a_record,
    a_report,
    an_interview_call,
    an_outcome,
    applications,
    certification,
    months_between,
    self_assessment,
    sessions,
    wib,
)
from support.seeds import shared

from activities.mail.letters.rendering import Letter
from claims.agenda.next_step import current_month
from claims.agenda.notices import Notice, NoticeKind, notices_for, reminders_due
from claims.commands import command as cmd
from claims.events import Event
from claims.events.facts import ContributionRecord, EmployerStanding, Layoff
from claims.transitions.automatic import Effect
from claims.wording.language import LANGUAGES
from claims.wording.reading import CHARACTERS_MAX, LIX_MAX, SENTENCE_WORDS_MAX, read
from law.grounds import Ground
from law.periods import JAKARTA, day_of
from law.rules import Office, SeparationReason
from payments.orders import OPEN_STATES

Said = cmd.Command | None
Move = Callable[[Story, str], Said]

PAID = months_between("2024-03", "2025-02")
RECORDS = [
    a_record(paid=PAID, wage_idr=6_000_000),
    a_record(paid=PAID[:9]),
    a_record(paid=PAID, citizenship="WNA", age_at_registration=57, programmes=("JKK",), jkn=None),
    a_record(paid=PAID[:8], owed=PAID[8:], employer=EmployerStanding.OPERATING),
    a_record(paid=PAID, wage_idr=0, earlier_benefits=3),
    a_record(paid=PAID, earlier_benefits=1, reemployed_on="2025-03-06"),
    a_record(paid=PAID, wage_idr=4_500_000),
    a_record(paid=PAID, wage_idr=3_500_000),
    a_record(paid=PAID[:11], wage_idr=6_000_000),
    UNREGISTERED,
]
LAYOFFS = [
    a_layoff(),
    a_layoff(reason=SeparationReason.RESIGNATION),
    a_layoff(contract=a_fixed_term("2024-03-03", "2025-03-03")),
    a_layoff(office=Office.NONE),
    a_layoff(
        "2025-02-10",
        reason=SeparationReason.TOTAL_PERMANENT_DISABILITY,
        contract=a_fixed_term("2024-03-03", "2025-12-31"),
    ),
]


def bank_says(
    outcome: Literal["open", "settled", "refused", "returned"], ground: Ground = Ground.COUNTS
) -> Move:
    """The newest order that the bank still holds, or one that it paid before."""

    def move(story: Story, day: str) -> Said:
        orders = [month.last_order for month in story.claim.months if month.last_order is not None]
        wanted = [o for o in orders if (o.state in OPEN_STATES) is (outcome != "returned")]
        return an_outcome(wanted[-1], outcome, ground) if wanted else None

    return move


def bpjs_says(record: ContributionRecord) -> Move:
    return lambda story, day: cmd.RecordContributions(record=record)


def applies_for_the_month(story: Story, day: str) -> Said:
    month = current_month(story.claim)
    return certification(month) if month is not None and month > 1 else None


def decides(approves: bool) -> Move:
    """An officer decides the oldest open question, or else the referral."""

    def move(story: Story, day: str) -> Said:
        asked = next(iter(story.claim.open_questions), None)
        number = 0 if asked is None else asked.asked.question
        payer = "employer" if len(story.events) % 2 else "bpjs"
        return officer(approves, number, payer=payer)  # type: ignore[arg-type]

    return move


def employer_pays_the_month(story: Story, day: str) -> Said:
    owed = [month for month in story.claim.owed_months if month.authorized is not None and not month.settled]
    return paid_by_employer(owed[0].number, owed[0].amount_idr, day) if owed else None


def answers(story: Story, day: str) -> Said:
    return answer(story.claim.open_questions[-1].asked.question if story.claim.open_questions else 0)


MOVES: list[Move] = [
    *[bpjs_says(record) for record in RECORDS[:1] * 4 + RECORDS],
    answers,
    decides(approves=True),
    decides(approves=False),
    decides(approves=False),
    employer_pays_the_month,
    lambda s, day: documents("proof_of_layoff", "court_ruling"),
    lambda s, day: cmd.FindTrueWage(true_wage_idr=7_000_000, reference="nota-1"),
    lambda s, day: decreed(s, day, PAYMENT_DAY, MONTH_6_DAY),
    lambda s, day: works(day, work="own_business"),
    lambda s, day: works("2025-03-20"),
    lambda s, day: a_report(LAYOFFS[0]),
    lambda s, day: a_filing(),
    lambda s, day: a_filing(),
    lambda s, day: applications(5, day),
    lambda s, day: applications(4, day),
    lambda s, day: an_interview_call(day),
    lambda s, day: sessions(day, attended=79, absent=21),
    lambda s, day: self_assessment(day),
    applies_for_the_month,
    applies_for_the_month,
    lambda s, day: cmd.ChangeAccount(account_version=s.claim.account_version + 1),
    lambda s, day: works(day),
    lambda s, day: died(day),
    lambda s, day: cmd.WithdrawClaim(reason="moved"),
    lambda s, day: cmd.WithdrawLayoff(reported_by="employer"),
    lambda s, day: cmd.WithdrawLayoff(reported_by="participant"),
    lambda s, day: a_report(LAYOFFS[1], "participant"),
    lambda s, day: a_report(LAYOFFS[4]),
    bank_says("settled"),
    bank_says("settled"),
    bank_says("refused", Ground.ACCOUNT_REFUSED),
    bank_says("open"),
    bank_says("returned"),
    lambda s, day: None,
]
DAYS = [0, 0, 1, 3, 5, 27, 30, 31, 60, 130]
STEPS = st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(MOVES)), min_size=1, max_size=16)


def check(notice: Notice, sent: Letter) -> None:
    for language, half in zip(LANGUAGES, halves(sent), strict=True):
        reading = read(half)
        assert len(half) <= CHARACTERS_MAX, (notice, len(half))
        assert reading.lix <= LIX_MAX[language], (notice, reading)
        assert reading.longest_sentence <= SENTENCE_WORDS_MAX, (notice, reading)
        assert not re.search(r"None|assumption|[{}]|\w_\w|\n\n\n| {2}|\.\.| \.|\(\)", half), (notice, half)
    for part in (sent.subject, sent.text, sent.html):
        assert not holds_a_number_of_a_person(part), notice


# The walk does not stop at the one, and no date it meets moves by the other; the lives have both.
OUTSIDE_THE_WALK = {NoticeKind.FILING_WINDOW_CLOSING, NoticeKind.DEADLINE_MOVED}
Steps = list[tuple[int, Move]]
FILES: Steps = [(7, lambda s, day: a_filing())]
APPROVED: Steps = [*FILES, (0, bpjs_says(RECORDS[0]))]
PAID_ONCE: Steps = [*APPROVED, (0, bank_says("settled"))]
MONTH_TWO: Steps = [
    *PAID_ONCE,
    (5, lambda s, day: applications(4, day)),
    (24, lambda s, day: None),
    (3, applies_for_the_month),
]
STARTS: dict[str, tuple[Layoff, Steps]] = {
    "reported": (LAYOFFS[0], []),
    "filed": (LAYOFFS[0], FILES),
    "filed after a resignation": (LAYOFFS[1], FILES),
    "filed after a contract": (LAYOFFS[2], FILES),
    "filed without a receipt": (LAYOFFS[3], FILES),
    "approved": (LAYOFFS[0], APPROVED),
    "month 1 paid": (LAYOFFS[0], PAID_ONCE),
    "month 2 open": (LAYOFFS[0], MONTH_TWO),
    "taken back": (
        LAYOFFS[0],
        [
            *MONTH_TWO,
            (0, bank_says("settled")),
            (1, lambda s, day: cmd.WithdrawLayoff(reported_by="employer")),
        ],
    ),
    "referred for arrears": (LAYOFFS[0], [*FILES, (0, bpjs_says(ARREARS))]),
    "refused": (LAYOFFS[0], [*FILES, (0, bpjs_says(RECORDS[1]))]),
}


@pytest.mark.parametrize("start", STARTS)
@settings(max_examples=8, deadline=None, derandomize=True)
@given(steps=STEPS)
def test_every_letter_that_any_claim_calls_for_can_be_sent_then_and_later(start: str, steps: Steps) -> None:
    check_all(start, steps)


@pytest.mark.long
@pytest.mark.parametrize("start", STARTS)
@settings(max_examples=shared(100), deadline=None)
@given(steps=STEPS)
def test_so_can_every_letter_of_a_hundred_claims_of_each_start(start: str, steps: Steps) -> None:
    check_all(start, steps)


EVERY_DOUBT: Steps = [
    (0, lambda s, day: works(day, work="own_business")),
    (0, lambda s, day: a_report(LAYOFFS[4])),
    (0, lambda s, day: a_report(LAYOFFS[1], "participant")),
    (0, bpjs_says(UNREGISTERED)),
]


def test_a_referral_for_every_doubt_at_once_names_some_and_counts_the_others() -> None:
    letters = check_all("filed after a resignation", EVERY_DOUBT)

    referral = letters[NoticeKind.CLAIM_REFERRED].text
    assert "Masih ada 2 hal lain; lihat portal." in referral
    assert "There is more (2); see the portal." in referral


def check_all(start: str, steps: Steps) -> dict[NoticeKind, Letter]:
    """The letters as they are sent after the last step, by kind; each was checked at every step before."""
    layoff, begun = STARTS[start]
    at, queued = wib("2025-03-03 10:00:00"), list[Notice]()
    story = Story().when(a_report(layoff), "2025-03-03 10:00:00")
    for days, move in begun + steps:
        at += timedelta(days=days, minutes=1)
        instant = at.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")
        message = move(story, day_of(at).isoformat())
        story = story.wake(instant) if message is None else story.when(message, instant)
        queued += notices_for(story.added, story.claim) + reminders_due(story.claim, story.context(at))
        for notice in queued[-4:]:
            check(notice, letter(notice, story.claim, at))
    last = {notice.kind: letter(notice, story.claim, at) for notice in queued}
    for notice in queued:
        check(notice, letter(notice, story.claim, at))
    return last


@pytest.mark.long
def test_every_letter_that_any_way_of_the_walk_calls_for_can_be_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of what one status and one state seen call for, the first of a kind; and of every state at rest."""
    kinds: Counter[NoticeKind] = Counter()
    rendered: set[tuple[NoticeKind, Key]] = set()

    def send(notice: Notice, there: Place, key: Key) -> None:
        if (notice.kind, key) in rendered:
            return
        rendered.add((notice.kind, key))
        check(notice, letter(notice, there.story.claim, there.at))
        kinds[notice.kind] += 1

    def look(there: Place, new: tuple[Event, ...], key: Key) -> None:
        effects = tuple(Effect(event, there.at) for event in new)
        for notice in notices_for(effects, there.story.claim):
            send(notice, there, key)

    found = walk(Abstraction(particulars=1), look=look)
    for key, place in found.places.items():
        so_far = tuple(Effect(event, place.at) for event in place.story.events)
        reminders = reminders_due(place.story.claim, place.context)
        for notice in (*notices_for(so_far, place.story.claim), *reminders):
            send(notice, place, key)
    with capsys.disabled():
        print(f"\n{kinds.total():,} letters of {len(kinds)} kinds in {len(found.places):,} states")
    assert set(NoticeKind) - set(kinds) <= OUTSIDE_THE_WALK
