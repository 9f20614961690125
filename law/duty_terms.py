"""Jangka waktu: the terms of what employers and workers owe beside a claim, and of their reports of a layoff.

They are dated and cited like the rules of a regime, and hold in every regime alike.
"""

from dataclasses import dataclass
from datetime import date

from law.regimes import PP37
from law.rules import Sourced

OF_TERMS = "assumption: docs/decisions/0028-terms-of-employers.md"


@dataclass(frozen=True)
class DutyTerms:
    """Terms of employers and of workers beside a claim, from a day on."""

    name: str
    in_force_from: date
    enrolment_form_days: Sourced[int]
    enrolment_form_rolls: Sourced[bool]
    participant_number_working_days: Sourced[int]
    data_change_working_days: Sourced[int]
    membership_adjusted_from: Sourced[date]
    membership_working_days: Sourced[int]
    layoff_notice_working_days: Sourced[int]
    earlier_notice_is_in_time: Sourced[bool]
    probation_notice_working_days: Sourced[int]
    refusal_working_days: Sourced[int]
    training_report_working_days: Sourced[int]


@dataclass(frozen=True)
class ReportTerms:
    """How reports of layoffs are read, from a day on.

    Reports of one participant and employer are of one layoff where their days lie at most `same_layoff_days`
    apart. A contract is taken to have gone on where its expiry is reported for a day more than
    `expiry_told_months` after its last one.
    """

    name: str
    in_force_from: date
    same_layoff_days: Sourced[int]
    expiry_told_months: Sourced[int]


# PP 6/2025 left these articles as they were; its Pasal II adds the one term of 2025.
DUTIES = DutyTerms(
    name="2021",
    in_force_from=date(2021, 2, 2),
    enrolment_form_days=Sourced(30, f"{PP37} Pasal 6(1)"),
    enrolment_form_rolls=Sourced(False, OF_TERMS),
    participant_number_working_days=Sourced(1, f"{PP37} Pasal 6(3)"),
    data_change_working_days=Sourced(7, f"{PP37} Pasal 9"),
    membership_adjusted_from=Sourced(date(2025, 2, 7), "PP 6/2025 Pasal II.1"),
    membership_working_days=Sourced(15, "PP 6/2025 Pasal II.1"),
    layoff_notice_working_days=Sourced(14, "PP 35/2021 Pasal 37(3)"),
    earlier_notice_is_in_time=Sourced(True, OF_TERMS),
    probation_notice_working_days=Sourced(7, "PP 35/2021 Pasal 37(4)"),
    refusal_working_days=Sourced(7, "PP 35/2021 Pasal 39(1)"),
    training_report_working_days=Sourced(7, f"{PP37} Pasal 33(1)"),
)

REPORTS = ReportTerms(
    name="2021",
    in_force_from=date(2021, 2, 2),
    same_layoff_days=Sourced(60, "assumption: docs/decisions/0025-terms-of-our-own.md"),
    expiry_told_months=Sourced(
        1, "assumption: docs/decisions/0040-reports-that-contradict-themselves.md; PP 37/2021 Pasal 20(2)"
    ),
)
