"""The state after a question to the claimant: asked, answered, decided."""

from dataclasses import replace
from typing import assert_never

from claims import events as e
from claims.state.claim import Claim
from claims.state.ending import goes_on
from claims.state.hearings import Question
from law.grounds import Ground


def apply(event: e.QuestionEvent, claim: Claim) -> Claim:
    """The claim after one more event of a question."""
    match event:
        case e.QuestionAsked():
            return question_asked(event, claim)
        case e.QuestionAnswered():
            return question_answered(event, claim)
        case e.QuestionDecided():
            return question_decided(event, claim)
        case e.DocumentsNotAsked():
            return claim
        case _:
            assert_never(event)


def question_asked(event: e.QuestionAsked, claim: Claim) -> Claim:
    """One question more; what was told of work is asked about with it."""
    about_work = event.ground in (Ground.REEMPLOYED, Ground.OWN_BUSINESS)
    return replace(
        goes_on(claim),
        questions=(*claim.questions, Question(event, record=claim.record)),
        work_told=() if about_work else claim.work_told,
    )


def question_answered(event: e.QuestionAnswered, claim: Claim) -> Claim:
    """An answer to a question, or to the referral (question 0)."""
    if not event.verdict.counts:
        return claim
    if event.question == 0:
        return replace(claim, referral_answered=True)
    return _with_question(claim, event.question, answered=True)


def question_decided(event: e.QuestionDecided, claim: Claim) -> Claim:
    """The months that waited are free; whom a person found alive keeps what the question held."""
    decided = replace(_with_question(claim, event.question, decided=event), last_decided=event.question)
    held = claim.questions[event.question - 1].asked.months
    if event.catch_up_from is not None:
        released = tuple(
            replace(m, catch_up_from=event.catch_up_from) if m.number in held else m for m in decided.months
        )
        decided = replace(decided, months=released)
    if event.founded or event.ground is not Ground.DECEASED or claim.died_on is None:
        return decided
    return replace(
        decided,
        months=tuple(
            replace(m, granted_by_person=m.granted_by_person or m.number in held) for m in decided.months
        ),
    )


def _with_question(
    claim: Claim, number: int, *, answered: bool = False, decided: e.QuestionDecided | None = None
) -> Claim:
    """A question's number is its place, counted from 1."""
    questions = list(claim.questions)
    asked = questions[number - 1]
    questions[number - 1] = replace(
        asked, answered=answered or asked.answered, decided=decided or asked.decided
    )
    return replace(claim, questions=tuple(questions))
