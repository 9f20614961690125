"""Who plays which life, when they file, and what it must come to. Amounts are literals in whole rupiah."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sandbox.play.lives import scripts as play
from sandbox.play.lives.outcomes import Outcome
from sandbox.play.player import Player

Script = Callable[[Player, date], Awaitable[None]]

BEGUN = ("layoff reported", "claim received", "claim approved")


def paid_letters(*months: int) -> tuple[str, ...]:
    """The letters that tell of paid months."""
    return tuple(f"month {month} paid" for month in months)


REFUSED = ("layoff reported", "claim received", "claim denied", "claim lapsed")
SIX_PAID = (*BEGUN, *paid_letters(1, 2, 3, 4, 5, 6), "benefit finished")


@dataclass(frozen=True)
class Part:
    """A life with a name of its own, played by one person of the world."""

    name: str
    person: str
    script: Script
    files_on: date
    outcome: Outcome


def every_month(amount_idr: int, *months: int) -> dict[int, int]:
    """The same amount for each of the months, 1 to 6 where none is named."""
    return dict.fromkeys(months or (1, 2, 3, 4, 5, 6), amount_idr)


def six_paid(
    amount_idr: int,
    *also: str,
    accounts: tuple[tuple[int, ...], ...] | None = None,
    decided_by: str = Outcome.decided_by,
) -> Outcome:
    """All six months paid alike, with the letters told beside."""
    letters, paid = (*SIX_PAID, *also), every_month(amount_idr)
    return Outcome("exhausted", letters, paid, accounts=accounts, decided_by=decided_by)


def one_lost(lost: int, amount_idr: int, ground: str, article: str) -> Outcome:
    """One month forfeited on a ground, the others paid."""
    paid = [month for month in range(1, 7) if month != lost]
    return Outcome(
        "exhausted",
        (*BEGUN, *paid_letters(*paid), f"month {lost} not paid", "benefit finished"),
        every_month(amount_idr, *paid),
        {lost: ground},
        decided_by=f"month {lost} lost: {ground}, {article}",
    )


def work_found(amount_idr: int, until: int) -> Outcome:
    """Paid until the month in which work was found."""
    paid = range(1, until + 1)
    letters = (*BEGUN, *paid_letters(*paid), "benefit ceased")
    ended = "ceased: reemployed, Pasal 40(b)"
    return Outcome("ceased", letters, every_month(amount_idr, *paid), decided_by=ended)


CAST: tuple[Part, ...] = (
    Part(
        "all six months paid, wage above the ceiling",
        "budi",
        play.all_six_months,
        date(2025, 2, 10),
        six_paid(3_000_000),
    ),
    Part(
        "all six months paid, wage at the ceiling",
        "made",
        play.all_six_months,
        date(2025, 2, 11),
        six_paid(3_000_000),
    ),
    Part(
        "all six months paid, wage below the ceiling",
        "sri",
        play.all_six_months,
        date(2025, 2, 12),
        six_paid(2_100_000),
    ),
    Part(
        "all six months paid, small employer",
        "yohana",
        play.all_six_months,
        date(2025, 2, 7),
        six_paid(1_650_000),
    ),
    Part(
        "reported by employer and participant: one claim",
        "both",
        play.reported_twice,
        date(2025, 2, 13),
        six_paid(2_790_000),
    ),
    Part(
        "the employer never reported, the participant did",
        "hartono",
        play.all_six_months,
        date(2025, 2, 17),
        six_paid(2_640_000),
    ),
    Part(
        "45 % then 60 % across 7 February 2025",
        "andi",
        play.all_six_months,
        date(2024, 12, 10),
        Outcome(
            "exhausted",
            SIX_PAID,
            {1: 2_250_000, 2: 2_250_000, 3: 3_000_000, 4: 3_000_000, 5: 3_000_000, 6: 3_000_000},
        ),
    ),
    Part(
        "45 % then 60 %, wage below the ceiling",
        "nurul",
        play.all_six_months,
        date(2024, 12, 11),
        Outcome(
            "exhausted",
            SIX_PAID,
            {1: 1_800_000, 2: 1_800_000, 3: 2_400_000, 4: 2_400_000, 5: 2_400_000, 6: 2_400_000},
        ),
    ),
    Part(
        "month 3 forfeited, its window passed; later months paid",
        "rahmat",
        partial(play.a_month_missed, missed=3),
        date(2025, 2, 10),
        one_lost(3, 2_520_000, "not_certified_in_time", "Peraturan BPJS Ketenagakerjaan 1/2022"),
    ),
    Part(
        "month 2 forfeited, its window passed; later months paid",
        "dewi",
        partial(play.a_month_missed, missed=2),
        date(2025, 2, 14),
        one_lost(2, 3_000_000, "not_certified_in_time", "Peraturan BPJS Ketenagakerjaan 1/2022"),
    ),
    Part(
        "re-employed in month 3, ceased",
        "agus",
        partial(play.work_found, month=3),
        date(2025, 2, 11),
        work_found(2_880_000, until=3),
    ),
    Part(
        "re-employed in month 5, ceased",
        "ratna",
        partial(play.work_found, month=5),
        date(2025, 2, 18),
        work_found(2_340_000, until=5),
    ),
    Part(
        "refused: too few contribution months",
        "joko",
        partial(play.refused, ground="too_few_contribution_months"),
        date(2025, 2, 12),
        Outcome("lapsed", REFUSED, decided_by="denied: too_few_contribution_months, Pasal 19(3)"),
    ),
    Part(
        "refused: resignation",
        "lina",
        partial(play.refused, ground="excluded_separation"),
        date(2025, 2, 10),
        Outcome("lapsed", REFUSED, decided_by="denied: excluded_separation, Pasal 20(1)"),
    ),
    Part(
        "refused: contract expired",
        "hendra",
        partial(play.refused, ground="contract_expired"),
        date(2025, 2, 13),
        Outcome("lapsed", REFUSED, decided_by="denied: contract_expired, Pasal 20(2)"),
    ),
    Part(
        "refused: filed too late",
        "siti",
        play.filed_too_late,
        date(2025, 6, 30),
        Outcome(
            "lapsed",
            ("layoff reported", "claim lapsed", "filing not accepted"),
            decided_by="lapsed: not_filed_in_time, Pasal 40(a)",
        ),
    ),
    Part(
        "four applications and no interview, then one interview call",
        "fitri",
        play.too_few_applications,
        date(2025, 2, 12),
        one_lost(2, 1_920_000, "job_search_insufficient", "Pasal 13(4)"),
    ),
    Part(
        "training attended at 79 %",
        "eko",
        partial(play.in_training, attended=79),
        date(2025, 2, 14),
        one_lost(2, 2_700_000, "attendance_insufficient", "Pasal 13(3)b"),
    ),
    Part(
        "training attended at 80 %",
        "maria",
        partial(play.in_training, attended=80),
        date(2025, 2, 14),
        six_paid(2_700_000),
    ),
    Part(
        "a transfer refused for a closed account, paid to the corrected one",
        "bambang",
        play.account_closed,
        date(2025, 2, 17),
        six_paid(3_000_000, "month 1 transfer failed", "account changed", accounts=((), (3_000_000,) * 6)),
    ),
    Part(
        "an answer of the bank lost, found by inquiry, paid once",
        "yuni",
        play.answer_lost,
        date(2025, 2, 11),
        six_paid(2_850_000, "account changed", accounts=((2_850_000,) * 2, (2_850_000,) * 4)),
    ),
    Part(
        "a transfer that never arrived, paid by a new order",
        "ferdi",
        play.never_arrived,
        date(2025, 2, 7),
        six_paid(2_280_000, "account changed", accounts=((), (2_280_000,) * 6)),
    ),
    Part(
        "bankrupt employer in arrears, paid by BPJS",
        "kartini",
        play.employer_bankrupt,
        date(2025, 2, 18),
        six_paid(1_950_000),
    ),
    Part(
        "bankrupt employer in arrears, wage at the ceiling",
        "slamet",
        play.employer_bankrupt,
        date(2025, 2, 19),
        six_paid(3_000_000),
    ),
    Part(
        "operating employer in arrears, an officer approves",
        "dedi",
        play.officer_approves,
        date(2025, 2, 13),
        six_paid(
            2_220_000, "claim referred", decided_by="approved by an officer: employer_pays_first, Pasal 39(3)"
        ),
    ),
    Part(
        "operating employer in arrears, the employer pays first",
        "tini",
        partial(
            play.employer_pays_first,
            months_idr={
                1: 1_800_000,
                2: 1_800_000,
                3: 1_800_000,
                4: 1_000_000,
                5: 1_000_000,
                6: 1_000_000,
            },
        ),
        date(2025, 2, 14),
        Outcome(
            "exhausted",
            (
                *(*BEGUN, "claim referred", "employer pays first", "benefit finished"),
                *(f"month {month} of the employer" for month in range(2, 7)),
            ),
            decided_by="approved by an officer: employer_pays_first, Pasal 39(3)",
        ),
    ),
    Part(
        "refused with eleven months, the twelfth paid later",
        "putri",
        play.twelfth_month_paid_later,
        date(2025, 2, 12),
        Outcome(
            "exhausted",
            ("claim denied", "claim reconsidered", *SIX_PAID),
            every_month(1_980_000),
            decided_by="denied: too_few_contribution_months, Pasal 19(3); approved: 17 conditions met",
        ),
    ),
    Part(
        "wage corrected upwards after two months, differences paid",
        "gunawan",
        play.wage_corrected,
        date(2025, 2, 11),
        six_paid(
            2_700_000,
            "benefit adjusted",
            *paid_letters(1, 2),
            accounts=((2_400_000, 2_400_000, 300_000, 300_000) + (2_700_000,) * 4,),
        ),
    ),
    Part(
        "the employer takes its report back, found unfounded",
        "wahid",
        play.report_disputed,
        date(2025, 2, 10),
        six_paid(
            2_760_000,
            "question asked",
            "question decided",
            decided_by="approved: 17 conditions met; a question decided by an officer, Pasal 9",
        ),
    ),
    Part(
        "a worker killed with -9 in mid-claim, another finishing it",
        "ani",
        play.worker_killed,
        date(2025, 2, 12),
        six_paid(2_460_000),
    ),
)
