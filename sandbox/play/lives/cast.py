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


CAST: tuple[Part, ...] = (
    Part(
        "all six months paid, wage above the ceiling",
        "budi",
        play.all_six_months,
        date(2025, 2, 10),
        Outcome("exhausted", SIX_PAID, every_month(3_000_000)),
    ),
    Part(
        "all six months paid, wage at the ceiling",
        "made",
        play.all_six_months,
        date(2025, 2, 11),
        Outcome("exhausted", SIX_PAID, every_month(3_000_000)),
    ),
    Part(
        "all six months paid, wage below the ceiling",
        "sri",
        play.all_six_months,
        date(2025, 2, 12),
        Outcome("exhausted", SIX_PAID, every_month(2_100_000)),
    ),
    Part(
        "all six months paid, small employer",
        "yohana",
        play.all_six_months,
        date(2025, 2, 7),
        Outcome("exhausted", SIX_PAID, every_month(1_650_000)),
    ),
    Part(
        "reported by employer and participant: one claim",
        "both",
        play.reported_twice,
        date(2025, 2, 13),
        Outcome("exhausted", SIX_PAID, every_month(2_790_000)),
    ),
    Part(
        "the employer never reported, the participant did",
        "hartono",
        play.all_six_months,
        date(2025, 2, 17),
        Outcome("exhausted", SIX_PAID, every_month(2_640_000)),
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
        Outcome(
            "exhausted",
            (*BEGUN, *paid_letters(1, 2, 4, 5, 6), "month 3 not paid", "benefit finished"),
            every_month(2_520_000, 1, 2, 4, 5, 6),
            {3: "not_certified_in_time"},
            decided_by="month 3 lost: not_certified_in_time, Peraturan BPJS Ketenagakerjaan 1/2022",
        ),
    ),
    Part(
        "month 2 forfeited, its window passed; later months paid",
        "dewi",
        partial(play.a_month_missed, missed=2),
        date(2025, 2, 14),
        Outcome(
            "exhausted",
            (*BEGUN, *paid_letters(1, 3, 4, 5, 6), "month 2 not paid", "benefit finished"),
            every_month(3_000_000, 1, 3, 4, 5, 6),
            {2: "not_certified_in_time"},
            decided_by="month 2 lost: not_certified_in_time, Peraturan BPJS Ketenagakerjaan 1/2022",
        ),
    ),
    Part(
        "re-employed in month 3, ceased",
        "agus",
        partial(play.work_found, month=3),
        date(2025, 2, 11),
        Outcome(
            "ceased",
            (*BEGUN, *paid_letters(1, 2, 3), "benefit ceased"),
            every_month(2_880_000, 1, 2, 3),
            decided_by="ceased: reemployed, Pasal 40(b)",
        ),
    ),
    Part(
        "re-employed in month 5, ceased",
        "ratna",
        partial(play.work_found, month=5),
        date(2025, 2, 18),
        Outcome(
            "ceased",
            (*BEGUN, *paid_letters(1, 2, 3, 4, 5), "benefit ceased"),
            every_month(2_340_000, 1, 2, 3, 4, 5),
            decided_by="ceased: reemployed, Pasal 40(b)",
        ),
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
        Outcome(
            "exhausted",
            (*BEGUN, *paid_letters(1, 3, 4, 5, 6), "month 2 not paid", "benefit finished"),
            every_month(1_920_000, 1, 3, 4, 5, 6),
            {2: "job_search_insufficient"},
            decided_by="month 2 lost: job_search_insufficient, Pasal 13(4)",
        ),
    ),
    Part(
        "training attended at 79 %",
        "eko",
        partial(play.in_training, attended=79),
        date(2025, 2, 14),
        Outcome(
            "exhausted",
            (*BEGUN, *paid_letters(1, 3, 4, 5, 6), "month 2 not paid", "benefit finished"),
            every_month(2_700_000, 1, 3, 4, 5, 6),
            {2: "attendance_insufficient"},
            decided_by="month 2 lost: attendance_insufficient, Pasal 13(3)b",
        ),
    ),
    Part(
        "training attended at 80 %",
        "maria",
        partial(play.in_training, attended=80),
        date(2025, 2, 14),
        Outcome("exhausted", SIX_PAID, every_month(2_700_000)),
    ),
    Part(
        "a transfer refused for a closed account, paid to the corrected one",
        "bambang",
        play.account_closed,
        date(2025, 2, 17),
        Outcome(
            "exhausted",
            (*SIX_PAID, "month 1 transfer failed", "account changed"),
            every_month(3_000_000),
            accounts=((), (3_000_000,) * 6),
        ),
    ),
    Part(
        "an answer of the bank lost, found by inquiry, paid once",
        "yuni",
        play.answer_lost,
        date(2025, 2, 11),
        Outcome(
            "exhausted",
            (*SIX_PAID, "account changed"),
            every_month(2_850_000),
            accounts=((2_850_000,) * 2, (2_850_000,) * 4),
        ),
    ),
    Part(
        "a transfer that never arrived, paid by a new order",
        "ferdi",
        play.never_arrived,
        date(2025, 2, 7),
        Outcome(
            "exhausted",
            (*SIX_PAID, "account changed"),
            every_month(2_280_000),
            accounts=((), (2_280_000,) * 6),
        ),
    ),
    Part(
        "bankrupt employer in arrears, paid by BPJS",
        "kartini",
        play.employer_bankrupt,
        date(2025, 2, 18),
        Outcome("exhausted", SIX_PAID, every_month(1_950_000)),
    ),
    Part(
        "bankrupt employer in arrears, wage at the ceiling",
        "slamet",
        play.employer_bankrupt,
        date(2025, 2, 19),
        Outcome("exhausted", SIX_PAID, every_month(3_000_000)),
    ),
    Part(
        "operating employer in arrears, an officer approves",
        "dedi",
        play.officer_approves,
        date(2025, 2, 13),
        Outcome(
            "exhausted",
            (*SIX_PAID, "claim referred"),
            every_month(2_220_000),
            decided_by="approved by an officer: employer_pays_first, Pasal 39(3)",
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
        Outcome(
            "exhausted",
            (*SIX_PAID, "benefit adjusted", *paid_letters(1, 2)),
            every_month(2_700_000),
            accounts=((2_400_000, 2_400_000, 300_000, 300_000) + (2_700_000,) * 4,),
        ),
    ),
    Part(
        "the employer takes its report back, found unfounded",
        "wahid",
        play.report_disputed,
        date(2025, 2, 10),
        Outcome(
            "exhausted",
            (*SIX_PAID, "question asked", "question decided"),
            every_month(2_760_000),
            decided_by="approved: 17 conditions met; a question decided by an officer, Pasal 9",
        ),
    ),
    Part(
        "a worker killed with -9 in mid-claim, another finishing it",
        "ani",
        play.worker_killed,
        date(2025, 2, 12),
        Outcome("exhausted", SIX_PAID, every_month(2_460_000)),
    ),
)
