"""What the claimant is asked for, and what they answer."""

from typing import assert_never

from claims import events as e
from claims.commands import command as cmd
from claims.deciding.answers import Decision, recorded
from claims.state.claim import Claim
from claims.transitions.questions import HEARING, ask, find_question
from law.grounds import Ground, counts, does_not_count
from payments.context import DecisionContext


def decide(message: cmd.QuestionMessage, claim: Claim, context: DecisionContext) -> Decision:
    """What a request for documents, or an answer, comes to."""
    match message:
        case cmd.AskForDocuments():
            return ask_for_documents(message, claim, context)
        case cmd.AnswerQuestion():
            return answer_question(message, claim, context)
        case _:
            assert_never(message)


def ask_for_documents(message: cmd.AskForDocuments, claim: Claim, context: DecisionContext) -> Decision:
    """Permintaan dokumen: on a referred claim, with time to send them; silence refuses nothing."""
    referred = claim.decision
    if not isinstance(referred, e.ClaimReferred) or claim.ending is not None:
        verdict = does_not_count(Ground.NOT_REFERRED, HEARING)
        return recorded(e.DocumentsNotAsked(documents=message.documents, verdict=verdict), verdict)
    question = ask(
        claim,
        context,
        Ground.DOCUMENTS_MISSING,
        referred.article,
        months=(),
        last_month_owed=claim.last_month_owed,
        documents=message.documents,
    )
    return recorded(question, counts(HEARING))


def answer_question(message: cmd.AnswerQuestion, claim: Claim, context: DecisionContext) -> Decision:
    """Keterangan of the claimant: it counts while the question, or the referral, is open."""
    verdict = counts(HEARING)
    if message.question == 0:
        if not isinstance(claim.decision, e.ClaimReferred) or claim.ending is not None:
            verdict = does_not_count(Ground.NOT_REFERRED, HEARING)
    elif find_question(claim, message.question) is None or claim.ending is not None:
        verdict = does_not_count(Ground.NO_OPEN_QUESTION, HEARING)
    answered = e.QuestionAnswered(
        question=message.question,
        statement=message.statement,
        reference=message.reference,
        verdict=verdict,
    )
    return recorded(answered, verdict)
