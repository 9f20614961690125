"""Why: the ground of every decision, and the reason object that explains one condition."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from law.limits import DerivedInstant, Found, Phrase, Truth


class Frozen(BaseModel):
    """A value that never changes and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Ground(StrEnum):
    """Stable codes of the grounds on which something counts, is owed, is refused or ends."""

    MET = "met"
    COUNTS = "counts"
    NOT_A_CITIZEN = "not_a_citizen"
    TOO_OLD_AT_REGISTRATION = "too_old_at_registration"
    PROGRAMMES_INCOMPLETE = "programmes_incomplete"
    NO_HEALTH_INSURANCE = "no_health_insurance"
    TOO_FEW_CONTRIBUTION_MONTHS = "too_few_contribution_months"
    TOO_FEW_CONSECUTIVE_MONTHS = "too_few_consecutive_months"
    EXCLUDED_SEPARATION = "excluded_separation"
    CONTRACT_EXPIRED = "contract_expired"
    WORKED_ON_AFTER_CONTRACT = "worked_on_after_contract"
    PROOF_NOT_ACCEPTED = "proof_not_accepted"
    REPORTS_CONTRADICT = "reports_contradict"
    TOO_MANY_CLAIMS = "too_many_claims"
    TOO_SOON_AFTER_LAST_BENEFIT = "too_soon_after_last_benefit"
    WAGE_UNKNOWN = "wage_unknown"
    EMPLOYER_PAYS_FIRST = "employer_pays_first"
    MONTHS_OWED_BUT_UNPAID = "months_owed_but_unpaid"
    RECORD_HAS_A_GAP = "record_has_a_gap"
    WAGE_DROPPED = "wage_dropped"
    ANOTHER_JOB_GOES_ON = "another_job_goes_on"
    FILED_TOO_LATE = "filed_too_late"
    FILED_BEFORE_LAYOFF = "filed_before_layoff"
    NOT_FILED_IN_TIME = "not_filed_in_time"
    COMMITMENT_MISSING = "commitment_missing"
    REEMPLOYED = "reemployed"
    WORK_BEFORE_LAYOFF = "work_before_layoff"
    DECEASED = "deceased"
    LAYOFF_WITHDRAWN = "layoff_withdrawn"
    WITHDRAWN_BY_CLAIMANT = "withdrawn_by_claimant"
    OFFICER_DECISION = "officer_decision"
    ALL_MONTHS_DECIDED = "all_months_decided"
    NOT_CERTIFIED_IN_TIME = "not_certified_in_time"
    STATUS_FORM_MISSING = "status_form_missing"
    SELF_ASSESSMENT_MISSING = "self_assessment_missing"
    COUNSELLING_MISSING = "counselling_missing"
    JOB_SEARCH_INSUFFICIENT = "job_search_insufficient"
    ATTENDANCE_INSUFFICIENT = "attendance_insufficient"
    SAME_COMPANY_TWICE = "same_company_twice"
    SAME_APPLICATION_TWICE = "same_application_twice"
    OUTSIDE_ANY_PERIOD = "outside_any_period"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_THE_JOB_BEGAN = "before_the_job_began"
    MONTH_ALREADY_DECIDED = "month_already_decided"
    ALREADY_RECORDED = "already_recorded"
    WINDOW_NOT_OPEN = "window_not_open"
    WINDOW_CLOSED = "window_closed"
    CLAIM_NOT_APPROVED = "claim_not_approved"
    CLAIM_ENDED = "claim_ended"
    ALREADY_FILED = "already_filed"
    NOT_REFERRED = "not_referred"
    NOTHING_TO_DECIDE = "nothing_to_decide"
    ORDER_UNKNOWN = "order_unknown"
    ORDER_ALREADY_FINAL = "order_already_final"
    MALFORMED = "malformed"
    UNKNOWN_SIGNAL = "unknown_signal"
    WRONG_NUMBER_OF_INPUTS = "wrong_number_of_inputs"
    NO_MESSAGE_IDENTITY = "no_message_identity"
    MESSAGE_ID_REUSED = "message_id_reused"
    CANNOT_BE_RECORDED = "cannot_be_recorded"
    ACCOUNT_REFUSED = "account_refused"
    NOT_EXECUTED = "not_executed"
    RETURNED_BY_BANK = "returned_by_bank"
    NEEDS_MANUAL_REVIEW = "needs_manual_review"
    NOT_THEIR_REPORT = "not_their_report"
    CLAIMANT_NOT_HEARD = "claimant_not_heard"
    PAYER_NOT_NAMED = "payer_not_named"
    NO_OPEN_QUESTION = "no_open_question"
    OWN_BUSINESS = "own_business"
    WAGE_CORRECTED = "wage_corrected"
    DOCUMENTS_MISSING = "documents_missing"
    APPLICATION_NOT_SENT = "application_not_sent"
    VACANCY_EXPIRED = "vacancy_expired"
    APPLICATION_UNKNOWN = "application_unknown"
    NOT_OWED_BY_THE_EMPLOYER = "not_owed_by_the_employer"
    ARREARS_NOT_SETTLED = "arrears_not_settled"
    RECORD_SHOWS_ARREARS = "record_shows_arrears"
    ASKED_TOO_LATE = "asked_too_late"
    NOT_EMPLOYED = "not_employed"
    NOT_REGISTERED = "not_registered"
    MONTHS_NOT_TOLD = "months_not_told"
    REPORT_CONTRADICTS_ITSELF = "report_contradicts_itself"
    NOT_IN_ARREARS = "not_in_arrears"


class Result(StrEnum):
    """Outcome of one condition."""

    MET = "met"
    UNMET = "unmet"
    MANUAL_REVIEW = "manual_review"


class Reason(Frozen):
    """One condition: what was found, by which article, from which facts, and where they come from.

    `facts` maps short English names to values as they were known: codes, numbers and dates. `source` is the
    code of their source, and `known_at` the instant (UTC) of which it speaks, where it names one.
    `claims.wording.explaining` says all of it in words, and what would change the outcome.
    """

    condition: Phrase
    result: Result
    ground: Ground
    article: Phrase
    facts: dict[Phrase, Phrase | Found | Truth]
    source: Phrase
    known_at: DerivedInstant | None = Field(default=None, exclude_if=lambda instant: instant is None)


class Verdict(Frozen):
    """Does a message count, on which ground, by which article."""

    counts: Truth
    ground: Ground
    article: Phrase


def counts(article: str) -> Verdict:
    """A message that counts."""
    return Verdict(counts=True, ground=Ground.COUNTS, article=article)


def does_not_count(ground: Ground, article: str) -> Verdict:
    """A message that is kept but does not count."""
    return Verdict(counts=False, ground=ground, article=article)
