"""The contribution record, and what an officer decides over a referral or a question."""

from typing import assert_never

from claims import events as e
from claims.commands import messages as m
from claims.deciding.answers import Decision, not_kept, told
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
from claims.state.situation import Situation
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

LATER_FACTS = "assumption: docs/decisions/0030-known-then-known-now.md"


def decide(message: m.DecisionMessage, claim: Claim, s: Situation) -> Decision:
    """What a record, the wish for another one, or an officer's decision comes to."""
    match message:
        case m.RecordContributions():
            return record_contributions(message, claim, s)
        case m.RequestRecord():
            return request_record(message, claim, s)
        case m.DecideByOfficer():
            return decide_by_officer(message, claim, s)
        case _:
            assert_never(message)


def record_contributions(message: m.RecordContributions, claim: Claim, s: Situation) -> Decision:
    """An answer of BPJS; a later one that says something else, or was asked for, is looked at again."""
    known = claim.record
    repeated = known is not None and not claim.record_wanted and known.says_the_same(message.record)
    if claim.filing is None or repeated:
        return not_kept(does_not_count(Ground.ALREADY_RECORDED, LATER_FACTS))
    return told(e.ContributionRecordReceived(record=message.record), counts(LATER_FACTS))


def request_record(message: m.RequestRecord, claim: Claim, s: Situation) -> Decision:
    """Permintaan catatan iuran: of a claim that was filed and whose record is not being fetched."""
    verdict = counts(HEARING)
    if claim.filing is None or claim.ending in (Ending.WITHDRAWN, Ending.LAYOFF_WITHDRAWN):
        verdict = does_not_count(Ground.CLAIM_NOT_APPROVED, HEARING)
    elif claim.record_wanted or claim.record is None:
        verdict = does_not_count(Ground.ALREADY_RECORDED, HEARING)
    return told(e.RecordRequested(reason=message.reason, verdict=verdict), verdict)


def decide_by_officer(message: m.DecideByOfficer, claim: Claim, s: Situation) -> Decision:
    """Keputusan petugas over the referral (question 0) or over a question."""
    if message.question:
        return _decide_question(message, claim, s)
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred) or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NOT_REFERRED, HEARING))
    if not message.approves:
        return _refuse(message, claim, referred, s)
    if claim.record is not None and not claim.record.registered:
        return _officer(message, does_not_count(Ground.WAGE_UNKNOWN, NEVER_REGISTERED))
    if payer_is_open(referred.reasons) and message.payer is None:
        return _officer(message, does_not_count(Ground.PAYER_NOT_NAMED, EMPLOYER_FIRST))
    if layoff_is_to_come(claim, day_of(s.at)):
        article = window_to_file(claim, s.law).article
        return _officer(message, does_not_count(Ground.FILED_BEFORE_LAYOFF, article))
    rules, is_open = deciding_rules(claim, s.law, s.at), payer_is_open(referred.reasons)
    payer = message.payer if is_open and message.payer else "bpjs"
    granted = approve(claim, rules, referred.reasons, s.at, payer)
    closed = _documents_closed(message, claim, s)
    return _officer(message, counts(referred.article), *closed, granted, payer_is_open=is_open)


def _officer(
    message: m.DecideByOfficer, verdict: Verdict, *more: e.Event, payer_is_open: bool = False
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
    return told(decided, verdict, *more)


def _refuse(message: m.DecideByOfficer, claim: Claim, referred: e.ClaimReferred, s: Situation) -> Decision:
    """Only who was heard is refused."""
    if not referral_is_heard(claim, s):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    refused = deny(
        Upheld(heard_of_referral(claim, s), referred.ground, referred.article),
        regime=deciding_rules(claim, s.law, s.at).name,
        reasons=referred.reasons,
        may_file_again_until=window_to_file(claim, s.law).closes_at,
    )
    return _officer(message, counts(referred.article), *_documents_closed(message, claim, s), refused)


def _documents_closed(
    message: m.DecideByOfficer, claim: Claim, s: Situation
) -> tuple[e.QuestionDecided, ...]:
    """Who decides the claim has decided what its documents were asked for."""
    return tuple(
        _decided(message, question, s)
        for question in claim.open_questions
        if question.asked.ground is Ground.DOCUMENTS_MISSING
    )


def _decided(message: m.DecideByOfficer, question: Question, s: Situation) -> e.QuestionDecided:
    return decided(question, founded=not message.approves, reason=message.reason, s=s)


def _decide_question(message: m.DecideByOfficer, claim: Claim, s: Situation) -> Decision:
    question = find_question(claim, message.question)
    if question is None or claim.ending is not None:
        return _officer(message, does_not_count(Ground.NO_OPEN_QUESTION, HEARING))
    if message.approves:
        return _officer(message, counts(question.asked.article), _decided(message, question, s))
    if not is_heard(claim, question, s):
        return _officer(message, does_not_count(Ground.CLAIMANT_NOT_HEARD, HEARING))
    follows = tuple(what_follows(claim, question, s))
    return _officer(message, counts(question.asked.article), _decided(message, question, s), *follows)
