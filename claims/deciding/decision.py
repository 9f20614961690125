"""The contribution record, and what an officer decides over a referral or a question."""

from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, ignored, recorded
from claims.entitlement.determination import (
    approve,
    deciding_rules,
    layoff_is_to_come,
    naming_counts_not,
    payer_is_open,
)
from claims.entitlement.windows import window_to_file
from claims.events.adverse import deny
from claims.events.basis import Upheld
from claims.state.claim import Claim, Ending
from claims.state.hearings import Question
from claims.transitions.questions import (
    HEARING,
    decided,
    find_question,
    heard_of_referral,
    is_heard,
    referral_is_heard,
    what_follows,
)
from law.grounds import Ground, Verdict, counts, does_not_count
from law.periods import day_of
from law.provisions import EMPLOYER_FIRST, NEVER_REGISTERED
from payments.context import DecisionContext

LATER_FACTS = "assumption: docs/decisions/0030-as-of-and-as-known-at.md"


def decide(message: cmd.DecisionMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What a record, the wish for another one, or an officer's decision comes to."""
    match message:
        case cmd.RecordContributions():
            return record_contributions(message, claim, context)
        case cmd.RequestRecord():
            return request_record(message, claim, context)
        case cmd.DecideByOfficer():
            return decide_by_officer(message, claim, context)
        case _:
            assert_never(message)


def record_contributions(
    message: cmd.RecordContributions, claim: Claim, context: DecisionContext
) -> Decision:
    """An answer of BPJS; a later one that says something else, or was asked for, is looked at again."""
    known = claim.record
    repeated = known is not None and not claim.record_wanted and known.says_the_same(message.record)
    if claim.filing is None or repeated:
        return ignored(does_not_count(Ground.ALREADY_RECORDED, LATER_FACTS))
    return recorded(e.ContributionRecordReceived(record=message.record), counts(LATER_FACTS))


def request_record(message: cmd.RequestRecord, claim: Claim, context: DecisionContext) -> Decision:
    """Permintaan catatan iuran: of a claim that was filed and whose record is not being fetched."""
    verdict = counts(HEARING)
    if claim.filing is None or claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        verdict = does_not_count(Ground.CLAIM_NOT_APPROVED, HEARING)
    elif claim.record_wanted or claim.record is None:
        verdict = does_not_count(Ground.ALREADY_RECORDED, HEARING)
    return recorded(e.RecordRequested(reason=message.reason, verdict=verdict), verdict)


def decide_by_officer(message: cmd.DecideByOfficer, claim: Claim, context: DecisionContext) -> Decision:
    """Keputusan petugas over the referral (question 0) or over a question."""
    if message.question:
        return _decide_question(message, claim, context)
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred) or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NOT_REFERRED, HEARING))
    if not message.approves:
        return _refuse(message, claim, referred, context)
    if claim.record is not None and not claim.record.registered:
        return _officer(message, does_not_count(Ground.WAGE_UNKNOWN, NEVER_REGISTERED))
    if payer_is_open(referred.reasons) and message.payer is None:
        return _officer(message, does_not_count(Ground.PAYER_NOT_NAMED, EMPLOYER_FIRST))
    if layoff_is_to_come(claim, day_of(context.at)):
        article = window_to_file(claim, context.law).article
        return _officer(message, does_not_count(Ground.FILED_BEFORE_LAYOFF, article))
    rules, is_open = deciding_rules(claim, context.law, context.at), payer_is_open(referred.reasons)
    payer = message.payer if is_open and message.payer else "bpjs"
    granted = approve(claim, rules, referred.reasons, context.at, payer)
    closed = _documents_closed(message, claim, context)
    return _officer(message, counts(referred.article), *closed, granted, payer_is_open=is_open)


def _officer(
    message: cmd.DecideByOfficer, verdict: Verdict, *more: e.Event, payer_is_open: bool = False
) -> Decision:
    """What an officer said, with what follows; only an approval in arrears has a payer to name."""
    decided = e.OfficerDecided(
        approves=message.approves,
        reason=message.reason,
        verdict=verdict,
        question=message.question,
        payer=message.payer,
        payer_verdict=naming_counts_not(message.payer, payer_is_open) if verdict.counts else None,
    )
    return recorded(decided, verdict, *more)


def _refuse(
    message: cmd.DecideByOfficer, claim: Claim, referred: e.ClaimReferred, context: DecisionContext
) -> Decision:
    """Only who was heard is refused."""
    if not referral_is_heard(claim, context):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    refused = deny(
        Upheld(heard_of_referral(claim, context), referred.ground, referred.article),
        regime=deciding_rules(claim, context.law, context.at).name,
        reasons=referred.reasons,
        may_file_again_until=window_to_file(claim, context.law).closes_at,
    )
    return _officer(message, counts(referred.article), *_documents_closed(message, claim, context), refused)


def _documents_closed(
    message: cmd.DecideByOfficer, claim: Claim, context: DecisionContext
) -> tuple[e.QuestionDecided, ...]:
    """Who decides the claim has decided what its documents were asked for."""
    return tuple(
        _decided(message, question, context)
        for question in claim.open_questions
        if question.asked.ground is Ground.DOCUMENTS_MISSING
    )


def _decided(message: cmd.DecideByOfficer, question: Question, context: DecisionContext) -> e.QuestionDecided:
    return decided(question, founded=not message.approves, reason=message.reason, context=context)


def _decide_question(message: cmd.DecideByOfficer, claim: Claim, context: DecisionContext) -> Decision:
    question = find_question(claim, message.question)
    if question is None or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NO_OPEN_QUESTION, HEARING))
    if message.approves:
        return _officer(message, counts(question.asked.article), _decided(message, question, context))
    if not is_heard(claim, question, context):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    follows = tuple(what_follows(claim, question, context))
    return _officer(message, counts(question.asked.article), _decided(message, question, context), *follows)
