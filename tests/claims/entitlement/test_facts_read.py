"""How a record is read: nobody is refused on what is owed or not told, and no order of its rows decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.builders import EMPLOYER, WEEKENDS_ONLY, a_fixed_term, a_layoff, a_record, months_between

from claims.entitlement.contribution_months import worked_whole
from claims.entitlement.contributions import paid_by
from claims.entitlement.payer import who_pays
from claims.estimating import decided, precheck
from claims.events.facts import ContributionMonth, ContributionRecord, Layoff
from law.grounds import Reason, Result
from law.periods import months_after, months_before
from law.regimes import LAW

COUNTED = ("contribution_months", "consecutive_months", "earlier_claims")
LAID_OFF = {2023: date(2023, 3, 3), 2025: date(2025, 3, 3)}
ENDS = st.sampled_from([None, "first", "last"])


def ended_on(month: str, end: str | None) -> date | None:
    first = date.fromisoformat(f"{month}-01")
    return None if end is None else first if end == "first" else months_after(first, 1) - timedelta(days=1)


@st.composite
def rows(draw: st.DrawFn, year: int) -> ContributionMonth:
    month = draw(st.sampled_from(months_before(f"{year}-04", 27)))
    return ContributionMonth(
        month=month,
        employer_registration=draw(st.sampled_from([EMPLOYER, EMPLOYER, "pt-b"])),
        wage_idr=draw(st.sampled_from([4_000_000, 5_000_000])),
        paid_on=draw(
            st.sampled_from([LAID_OFF[year], LAID_OFF[year], None, months_after(LAID_OFF[year], 2)])
        ),
        part=draw(st.sampled_from(["full", "full", "full", "entry", "exit"])),
        employed_until=ended_on(month, draw(ENDS)),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Layoff, ContributionRecord]:
    year = draw(st.sampled_from([2023, 2025]))
    started = draw(st.sampled_from([f"{year - 3}-01-04", f"{year - 1}-11-04", f"{year}-03-01"]))
    layoff = a_layoff(f"{year}-03-03", contract=a_fixed_term(started, f"{year + 1}-12-31"))
    start = draw(st.sampled_from(months_before(f"{year}-03", 24)))
    run = a_record(paid=months_between(start, f"{year}-02")).months[: draw(st.integers(0, 24))]
    more = draw(st.lists(rows(year), max_size=12))
    benefits = draw(st.sampled_from([(), (f"{year - 2}-02-10",)]))
    record = a_record(paid=(), earlier_benefits_first_paid_on=benefits)
    return layoff, record.model_copy(update={"months": (*run, *more)})


def reasons_for(layoff: Layoff, record: ContributionRecord) -> dict[str, Reason]:
    on = layoff.laid_off_on + timedelta(days=7)
    return {r.condition: r for r in precheck(layoff, record, on, LAW, WEEKENDS_ONLY)}


def at_its_best(layoff: Layoff, record: ContributionRecord) -> ContributionRecord:
    """The record if every employer had paid and everything were told of."""
    paid_on = layoff.laid_off_on
    best = {"paid_on": paid_on, "part": "full", "employed_until": None}
    whole = [
        m if worked_whole(m, layoff, record) is False else m.model_copy(update=best) for m in record.months
    ]
    of_layoff, own = f"{layoff.laid_off_on:%Y-%m}", layoff.employer_registration
    started = f"{layoff.contract.started_on:%Y-%m}"
    last = max(
        (m.month for m in record.months if m.employer_registration == own and m.month < of_layoff), default=""
    )
    untold = [month for month in months_before(of_layoff, 40) if max(started, "2021-02") <= month > last]
    row = ContributionMonth(month="2021-02", employer_registration=own, wage_idr=4_000_000, paid_on=paid_on)
    return record.model_copy(
        update={"months": (*whole, *(row.model_copy(update={"month": month}) for month in untold))}
    )


@given(histories())
def test_no_machine_refuses_where_what_is_owed_or_not_told_of_might_be_enough(
    history: tuple[Layoff, ContributionRecord],
) -> None:
    layoff, record = history
    found, best = reasons_for(layoff, record), reasons_for(layoff, at_its_best(layoff, record))
    for condition in COUNTED:
        if found[condition].result is Result.UNMET:
            assert best[condition].result is Result.UNMET, (condition, found[condition].facts)


def test_a_record_without_a_month_does_not_show_that_the_last_benefit_was_too_near() -> None:
    record = a_record(paid=(), earlier_benefits_first_paid_on=("2021-02-10",))
    found = reasons_for(a_layoff("2023-03-03"), record)
    assert found["earlier_claims"].result is Result.MANUAL_REVIEW
    assert found["contribution_months"].result is not Result.MET


@given(histories(), st.data())
def test_no_order_of_the_rows_and_no_row_told_twice_decides_anything(
    history: tuple[Layoff, ContributionRecord], data: st.DataObject
) -> None:
    layoff, record = history
    twice = data.draw(st.lists(st.sampled_from(record.months), max_size=5)) if record.months else []
    shuffled = data.draw(st.permutations([*record.months, *twice]))
    again = record.model_copy(update={"months": tuple(shuffled)})

    assert told(layoff, again) == told(layoff, record)
    assert again.says_the_same(record)


def told(layoff: Layoff, record: ContributionRecord) -> tuple[Any, ...]:
    on = layoff.laid_off_on + timedelta(days=7)
    rules = LAW.in_force_on(on)
    answer = decided(layoff, record, on, on, LAW, WEEKENDS_ONLY)
    payer = who_pays(layoff, paid_by(record, on, rules), rules, WEEKENDS_ONLY)
    return answer.outcome, answer.decision.reasons, payer


def test_a_record_that_says_one_thing_more_does_not_say_the_same() -> None:
    record = a_record()
    dearer = record.months[0].model_copy(update={"wage_idr": 4_000_001})
    assert record.says_the_same(record.model_copy(update={"record_id": "another"}))
    assert not record.says_the_same(record.model_copy(update={"months": (*record.months, dearer)}))
    assert not record.says_the_same(record.model_copy(update={"reported_wage_idr": 1}))


EXIT = ContributionMonth(
    month="2025-01",
    employer_registration="pt-b",
    wage_idr=4_000_000,
    paid_on=date(2025, 2, 10),
    part="exit",
)


@pytest.mark.parametrize(
    ("until", "whole"),
    [
        (date(2025, 1, 30), False),
        (date(2025, 1, 31), True),
        (date(2025, 2, 1), True),
        (date(2024, 12, 31), None),
        (None, None),
    ],
)
def test_the_day_on_which_the_job_ended_tells_whether_its_last_month_is_whole(
    until: date | None, whole: bool | None
) -> None:
    layoff = a_layoff("2025-04-03", contract=a_fixed_term("2025-03-03", "2026-03-02"))
    row = EXIT.model_copy(update={"employed_until": until})
    record = a_record(paid=()).model_copy(update={"months": (row,)})
    assert worked_whole(row, layoff, record) is whole


def test_without_the_day_it_is_whole_where_work_goes_on_in_the_next_month() -> None:
    alone = a_record(paid=()).model_copy(update={"months": (EXIT,)})
    layoff = a_layoff("2025-04-03", contract=a_fixed_term("2025-02-28", "2026-03-02"))
    assert worked_whole(EXIT, layoff, alone) is True
    later = replace_contract(layoff, "2025-03-01")
    assert worked_whole(EXIT, later, alone) is None
    following = EXIT.model_copy(update={"month": "2025-02", "part": "entry"})
    both = alone.model_copy(update={"months": (EXIT, following)})
    assert worked_whole(EXIT, later, both) is True
    december = EXIT.model_copy(update={"month": "2024-12"})
    over_the_year = alone.model_copy(update={"months": (december, EXIT)})
    assert worked_whole(december, later, over_the_year) is True


def replace_contract(layoff: Layoff, started: str) -> Layoff:
    return layoff.model_copy(update={"contract": a_fixed_term(started, "2026-03-02")})


@pytest.mark.parametrize(("laid_off", "whole"), [("2025-02-03", True), ("2025-03-03", None)])
def test_of_the_job_that_was_lost_the_layoff_tells_as_well(laid_off: str, whole: bool | None) -> None:
    layoff = a_layoff(laid_off)
    row = EXIT.model_copy(update={"employer_registration": layoff.employer_registration})
    record = a_record(paid=()).model_copy(update={"months": (row,)})
    assert worked_whole(row, layoff, record) is whole
    assert worked_whole(EXIT, layoff, record.model_copy(update={"months": (EXIT,)})) is None


def test_a_benefit_that_is_still_to_come_and_one_told_twice_are_not_counted() -> None:
    day = date(2025, 3, 10)
    benefits = (date(2022, 5, 2), date(2022, 5, 2), day, day + timedelta(days=1))
    record = a_record().model_copy(update={"earlier_benefits_first_paid_on": benefits})
    assert paid_by(record, day, LAW.regimes[-1]).earlier_benefits_first_paid_on == (date(2022, 5, 2), day)


@pytest.mark.parametrize(("until", "elsewhere"), [("2025-03-03", False), ("2025-03-04", True)])
def test_a_job_elsewhere_that_ended_by_the_layoff_does_not_go_on(until: str, elsewhere: bool) -> None:
    row = EXIT.model_copy(
        update={"month": "2025-03", "part": "full", "employed_until": date.fromisoformat(until)}
    )
    record = a_record().model_copy(update={"months": (*a_record().months, row)})
    assert reasons_for(a_layoff(), record)["other_job"].facts == {"works_elsewhere": elsewhere}
