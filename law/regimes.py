"""Every number of the law by which a claim is decided, in one place, dated and cited.

PP 37/2021 from 2 February 2021 in full, and what PP 6/2025 amended of it from 7 February 2025. Another regime
is another amendment here, with its transition, and nothing else. A value that a regime keeps, keeps the day
on which it came into force; what an ordinance of the same regime added later has the day of the regime, since
no benefit was payable before February 2022.
"""

from datetime import date
from decimal import Decimal

from law.rules import (
    BENEFIT_MONTHS,
    Cited,
    DecidingDate,
    Law,
    MonthCondition,
    Office,
    OpenWindows,
    ProofKind,
    RateCount,
    Requirement,
    Rounding,
    Rules,
    RunningClaims,
    RunPosition,
    SearchPeriod,
    SeparationReason,
    Transition,
    WhichPayment,
    amended,
)

PP37 = "PP 37/2021"
PP6 = "PP 37/2021 as amended by PP 6/2025"
BEGUN = date(2021, 2, 2)
AMENDED = date(2025, 2, 7)
SOCIAL_SECURITY = date(2015, 7, 1)

FIRST_MONTH = frozenset({1})
SECOND_MONTH = frozenset({2})
LATER_MONTHS = frozenset(range(2, BENEFIT_MONTHS + 1))
LAST_MONTH = frozenset({BENEFIT_MONTHS})

FOUR_EXCLUDED = frozenset(
    {
        SeparationReason.RESIGNATION,
        SeparationReason.TOTAL_PERMANENT_DISABILITY,
        SeparationReason.RETIREMENT,
        SeparationReason.DEATH,
    }
)
LARGE_OR_MEDIUM = frozenset({"JKK", "JKM", "JHT", "JP"})
SMALL_OR_MICRO = frozenset({"JKK", "JKM", "JHT"})
PROGRAMMES = {
    "large": LARGE_OR_MEDIUM,
    "medium": LARGE_OR_MEDIUM,
    "small": SMALL_OR_MICRO,
    "micro": SMALL_OR_MICRO,
}

RULES_2021 = Rules(
    name="2021",
    in_force_from=BEGUN,
    procedure="Permenaker 15/2021",
    transition=None,
    first_contribution_month=Cited("2021-02", f"{PP37} Pasal 50", BEGUN),
    citizenships=Cited(frozenset({"WNI"}), f"{PP37} Pasal 4(2)a", BEGUN),
    age_at_registration_below=Cited(54, f"{PP37} Pasal 4(2)", BEGUN),
    programmes_by_scale=Cited(PROGRAMMES, f"{PP37} Pasal 4(3)", BEGUN),
    jkn_employer_paid_only=Cited(True, f"{PP37} Pasal 4(4)", BEGUN),
    integration_months=Cited(6, f"{PP37} Pasal 48", BEGUN),
    employer_failures_go_to_a_person=Cited(
        True, "assumption: docs/decisions/0038-what-the-employer-left-out.md", BEGUN
    ),
    contribution_due_day=Cited(15, "PP 44/2015 Pasal 21(2)-(3)", SOCIAL_SECURITY),
    contribution_months_min=Cited(12, f"{PP37} Pasal 19(3)", BEGUN),
    lookback_months=Cited(24, f"{PP37} Pasal 19(3)", BEGUN),
    layoff_month_counts=Cited(False, "assumption: docs/decisions/0011-which-months-count.md", BEGUN),
    unpaid_months_go_to_a_person=Cited(True, "assumption: docs/decisions/0011-which-months-count.md", BEGUN),
    consecutive_months_min=Cited(6, f"{PP37} Pasal 19(3)", BEGUN),
    consecutive_months_position=Cited(
        RunPosition.ANYWHERE, "assumption: docs/decisions/0012-six-in-a-row.md", BEGUN
    ),
    arrears_programmes=Cited(
        frozenset({"JKK", "JKM"}), "assumption: docs/decisions/0013-arrears.md; PP 37/2021 Pasal 39(1)", BEGUN
    ),
    arrears_months_covered=Cited(3, f"{PP37} Pasal 39(1)", BEGUN),
    insolvent_arrears_months_covered=Cited(3, f"{PP37} Pasal 39(1)", BEGUN),
    uncovered_arrears_employer_pays_first=Cited(True, f"{PP37} Pasal 39(3)", BEGUN),
    reimbursement_months=Cited(3, f"{PP37} Pasal 39(4)-(6)", BEGUN),
    reimbursement_working_days=Cited(7, f"{PP37} Pasal 39(4)-(6)", BEGUN),
    reimbursement_counts_from=Cited(WhichPayment.LAST, "assumption: docs/decisions/0013-arrears.md", BEGUN),
    excluded_separations=Cited(FOUR_EXCLUDED, f"{PP37} Pasal 20(1)", BEGUN),
    expired_contract_excluded=Cited(True, f"{PP37} Pasal 20(2)", BEGUN),
    reports_must_agree=Cited(True, "assumption: docs/decisions/0017-proofs-and-disputes.md", BEGUN),
    proofs=Cited(
        frozenset(
            {
                ProofKind.ACCEPTANCE_AND_RECEIPT,
                ProofKind.SETTLEMENT_AGREEMENT_AND_DEED,
                ProofKind.COURT_RULING,
            }
        ),
        f"{PP37} Pasal 20(3)",
        BEGUN,
    ),
    receipt_offices=Cited(frozenset({Office.REGENCY}), f"{PP37} Pasal 20(3)a", BEGUN),
    claims_max=Cited(3, f"{PP37} Pasal 35", BEGUN),
    paid_months_between_claims=Cited(60, "assumption: docs/decisions/0020-who-may-claim-again.md", BEGUN),
    other_job_months=Cited(1, "assumption: docs/decisions/0032-another-job.md; PP 37/2021 Pasal 36", BEGUN),
    work_ends_the_right=Cited(True, f"{PP37} Pasal 40(b)", BEGUN),
    death_ends_the_right=Cited(True, f"{PP37} Pasal 40(c)", BEGUN),
    begun_month_stays_owed=Cited(True, "assumption: docs/decisions/0021-what-stays-owed.md", BEGUN),
    own_business_is_manual_review=Cited(True, "assumption: docs/decisions/0021-what-stays-owed.md", BEGUN),
    filing_window_months=Cited(3, f"{PP37} Pasal 40(a)", BEGUN),
    wage_min_idr=Cited(1, f"{PP37} Pasal 21(2)", BEGUN),
    wage_ceiling_idr=Cited(5_000_000, f"{PP37} Pasal 21(3)-(4)", BEGUN),
    wage_drop_max=Cited(
        Decimal("0.10"), "assumption: docs/decisions/0023-the-wage.md; PP 37/2021 Pasal 23", BEGUN
    ),
    wage_drop_months=Cited(6, "assumption: docs/decisions/0023-the-wage.md; PP 37/2021 Pasal 23", BEGUN),
    replacement_rates=Cited((Decimal("0.45"),) * 3 + (Decimal("0.25"),) * 3, f"{PP37} Pasal 21(1)", BEGUN),
    rate_counts=Cited(
        RateCount.MONTHS_PASSED, "assumption: docs/decisions/0016-rate-after-a-lost-month.md", BEGUN
    ),
    rounding=Cited(Rounding.HALF_UP, "assumption: docs/decisions/0003-rounding.md", BEGUN),
    month_requirements=(
        Requirement(MonthCondition.COMMITMENT, FIRST_MONTH, True, "Permenaker 15/2021 Pasal 13(1)", BEGUN),
        Requirement(MonthCondition.BANK_ACCOUNT, FIRST_MONTH, True, "Permenaker 15/2021 Pasal 13(7)", BEGUN),
        Requirement(
            MonthCondition.SELF_ASSESSMENT,
            SECOND_MONTH,
            True,
            "assumption: docs/decisions/0022-self-assessment.md; ministry's procedure of 8 September 2022",
            BEGUN,
        ),
        Requirement(
            MonthCondition.CERTIFICATION,
            LATER_MONTHS,
            True,
            "assumption: docs/decisions/0018-windows-of-the-months.md; Peraturan BPJS Ketenagakerjaan 1/2022",
            BEGUN,
        ),
        Requirement(MonthCondition.JOB_SEARCH, LATER_MONTHS, True, "Permenaker 15/2021 Pasal 13(3)a", BEGUN),
        Requirement(
            MonthCondition.TRAINING_ATTENDANCE, LATER_MONTHS, True, "Permenaker 15/2021 Pasal 13(3)b", BEGUN
        ),
        Requirement(MonthCondition.COUNSELLING, LATER_MONTHS, False, f"{PP37} Pasal 27", BEGUN),
    ),
    asked_before_approval=Cited(False, "assumption: docs/decisions/0035-before-the-approval.md", BEGUN),
    month_window_days=Cited(
        5,
        "assumption: docs/decisions/0018-windows-of-the-months.md; Peraturan BPJS Ketenagakerjaan 1/2022",
        BEGUN,
    ),
    last_month_opens_working_days_before=Cited(
        5,
        "assumption: docs/decisions/0018-windows-of-the-months.md; Peraturan BPJS Ketenagakerjaan 1/2022",
        BEGUN,
    ),
    search_period=Cited(
        SearchPeriod.BETWEEN_REFERENCE_DATES,
        "assumption: docs/decisions/0004-search-period-of-a-month.md",
        BEGUN,
    ),
    applications_min=Cited(5, "Permenaker 15/2021 Pasal 13(4)", BEGUN),
    applications_to_different_companies=Cited(True, "Permenaker 15/2021 Pasal 13(4)", BEGUN),
    interview_calls_min=Cited(1, "Permenaker 15/2021 Pasal 13(4)", BEGUN),
    attendance_min=Cited(Decimal("0.80"), "Permenaker 15/2021 Pasal 13(3)b", BEGUN),
    training_suffices=Cited(True, "assumption: docs/decisions/0014-search-or-training.md", BEGUN),
    told_late_days=Cited(30, "assumption: docs/decisions/0033-told-late.md", BEGUN),
    payment_working_days=Cited(3, "assumption: docs/decisions/0019-three-days-and-seven-days.md", BEGUN),
    layoff_report_working_days=Cited(
        7, "assumption: docs/decisions/0019-three-days-and-seven-days.md", BEGUN
    ),
    placement_report_working_days=Cited(7, f"{PP37} Pasal 28", BEGUN),
    leave_is_working_day=Cited(True, "assumption: docs/decisions/0005-time-zone-and-month-ends.md", BEGUN),
    officer_working_days=Cited(3, "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN),
    answer_working_days=Cited(7, "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN),
    record_working_days=Cited(3, "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN),
    reminder_days_before_month_closes=Cited(
        (5, 2), "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN
    ),
    reminder_days_before_filing_closes=Cited(
        14, "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN
    ),
    account_reminder_days=Cited(30, "assumption: docs/decisions/0025-terms-of-our-own.md", BEGUN),
)

# The Pasal that PP 6/2025 and Permenaker 2/2025 say anew: what they left as it was is cited by the new text.
SAID_AGAIN_2025 = {f"{PP37} Pasal {pasal}": f"{PP6} Pasal {pasal}" for pasal in (4, 19, 20, 21, 39, 40)} | {
    "Permenaker 15/2021 Pasal 13": "Permenaker 2/2025 Pasal 13"
}

RULES_2025 = amended(
    RULES_2021,
    SAID_AGAIN_2025,
    name="2025",
    in_force_from=AMENDED,
    procedure="Permenaker 2/2025",
    transition=Transition(
        deciding_date=Cited(
            DecidingDate.REFERENCE_DATE, "assumption: docs/decisions/0010-deciding-date.md", AMENDED
        ),
        running_claims=Cited(
            RunningClaims.FROM_THE_NEXT_MONTH,
            "assumption: docs/decisions/0010-deciding-date.md; Permenaker 2/2025 Pasal II",
            AMENDED,
        ),
        open_windows=Cited(
            OpenWindows.TAKE_OVER, "assumption: docs/decisions/0015-filing-windows-across-2025.md", AMENDED
        ),
    ),
    month_requirements=(
        MonthCondition.COMMITMENT,
        MonthCondition.BANK_ACCOUNT,
        MonthCondition.CERTIFICATION,
        MonthCondition.JOB_SEARCH,
        MonthCondition.TRAINING_ATTENDANCE,
        Requirement(MonthCondition.STATUS_FORM, LAST_MONTH, True, "Permenaker 2/2025 Pasal 13(5)", AMENDED),
        Requirement(
            MonthCondition.SELF_ASSESSMENT,
            LATER_MONTHS,
            False,
            "assumption: docs/decisions/0022-self-assessment.md; Permenaker 2/2025 Pasal 13(2)",
            AMENDED,
        ),
        MonthCondition.COUNSELLING,
    ),
    jkn_employer_paid_only=Cited(False, f"{PP6} Pasal 4(3)", AMENDED),
    integration_months=Cited(0, f"{PP6} Pasal 4(3)", AMENDED),
    consecutive_months_min=Cited(0, f"{PP6} Pasal 19(3)", AMENDED),
    arrears_programmes=Cited(frozenset({"JKK"}), f"{PP6} Pasal 39(1)", AMENDED),
    insolvent_arrears_months_covered=Cited(6, f"{PP6} Pasal 39A", AMENDED),
    proofs=Cited(
        frozenset(ProofKind) - {ProofKind.OTHER},
        "assumption: docs/decisions/0017-proofs-and-disputes.md; Permenaker 2/2025 Pasal 9(3)",
        AMENDED,
    ),
    receipt_offices=Cited(
        frozenset({Office.MINISTRY, Office.PROVINCE, Office.REGENCY}), "Permenaker 2/2025 Pasal 9(3)", AMENDED
    ),
    filing_window_months=Cited(6, f"{PP6} Pasal 40(a)", AMENDED),
    replacement_rates=Cited((Decimal("0.60"),) * 6, f"{PP6} Pasal 21(1)", AMENDED),
    applications_to_different_companies=Cited(False, "Permenaker 2/2025 Pasal 13(4)", AMENDED),
    # The same terms as before, which the regulation says by now.
    payment_working_days=Cited(3, "Permenaker 2/2025 Pasal 13(6)", BEGUN),
    layoff_report_working_days=Cited(7, "Permenaker 2/2025 Pasal 9(1)", BEGUN),
)

LAW = Law((RULES_2021, RULES_2025))
KEPT = {LAW.version: LAW}
"""Every law that claims were decided by, by its version, so that they can be decided by it again."""
