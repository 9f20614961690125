"""`jkp claim` for officers and inspectors: what is asked, and what they say to a claim."""

import re
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter
from pydantic import ValidationError

from activities.describing import WORDS
from api.questions import OpenQuestion, open_questions
from claims.events import Document, Payer
from claims.facts import CODE_MAX, CODE_PATTERN
from claims.messages import MESSAGE, Message
from cli.desk import (
    DONE,
    REFUSED,
    AsJson,
    Refused,
    conclude,
    give_hint,
    open_steps,
    operator,
    print_columns,
    print_json,
    wib,
)
from store.clock import read_clock
from store.ids import new_id
from store.messages import Incoming, UnknownClaim
from store.queries import view_claim
from store.step import Steps, Taken

SOURCE = "desk"
ASKED = (
    "select stream_id from claims c where status = 'referred' or (status in ('in_benefit', 'ceased') "
    "and exists (select from events e where e.stream_id = c.stream_id and e.type = 'question_asked'))"
)
ACTOR_MAX = len("inspector:") + CODE_MAX

By = Annotated[str, Parameter(help="Who says it, without spaces; your system user by default.")]
Why = Annotated[str, Parameter(help="Why, for who asks later, up to 120 characters; no personal data.")]


def decide(
    claim_id: UUID,
    /,
    *,
    approves: Annotated[
        bool, Parameter(name="--approve", negative="--refuse", help="For the claimant, or not.")
    ],
    reason: Why,
    question: Annotated[int, Parameter(help="Which question; 0 is the referral of the claim.")] = 0,
    payer: Annotated[
        Payer | None, Parameter(help="Who pays the months first, where contributions are in arrears.")
    ] = None,
    by: By = "",
) -> int:
    """Decide a referred claim, or a question: for the claimant, or not once they were heard."""
    said: dict[str, object] = {"approves": approves, "reason": reason, "question": question, "payer": payer}
    return conclude(say(claim_id, "officer_decision", said, f"officer:{by or operator()}"))


def ask_documents(claim_id: UUID, /, *documents: Document, by: By = "") -> int:
    """Ask the claimant of a referred claim for documents; they have seven working days."""
    said: dict[str, object] = {"documents": documents}
    return conclude(say(claim_id, "document_request", said, f"officer:{by or operator()}"))


def recheck(claim_id: UUID, /, *, reason: Why, by: By = "") -> int:
    """Ask BPJS again for the contribution record; what is new there decides anew."""
    return conclude(say(claim_id, "record_request", {"reason": reason}, f"officer:{by or operator()}"))


def true_wage(
    claim_id: UUID,
    /,
    *,
    idr: Annotated[int, Parameter(help="The wage a month, in whole rupiah.")],
    reference: Annotated[str, Parameter(help="The number of the finding.")],
    by: By = "",
) -> int:
    """Record the true wage that an inspector found: what the employer owes in one sum follows."""
    said: dict[str, object] = {"true_wage_idr": idr, "reference": reference}
    return conclude(say(claim_id, "true_wage", said, f"inspector:{by or operator()}"))


def questions(claim_id: UUID | None = None, /, *, as_json: AsJson = False) -> int:
    """List open questions, of one claim or of all: who has to move, until when, by which article."""
    return conclude(list_questions(claim_id, as_json=as_json))


async def say(claim_id: UUID, kind: str, said: dict[str, object], actor: str) -> int:
    """Say something to a claim and print its verdict; exit code 1 where it does not count."""
    message = _message(kind, said)
    if not re.fullmatch(CODE_PATTERN, actor) or len(actor) > ACTOR_MAX:
        raise Refused("--by is one word of letters, digits and . : / -, at most 64")
    async with open_steps() as steps:
        at = (await read_clock(steps.pool)).at
        incoming = Incoming(message, SOURCE, str(new_id()), actor, at)
        try:
            taken = await steps.take(claim_id, (incoming,))
        except UnknownClaim:
            raise Refused(f"no claim {claim_id}") from None
        await give_hint(steps.pool)
    return _print_answer(taken)


def _message(kind: str, said: dict[str, object]) -> Message:
    try:
        return MESSAGE.validate_python({"kind": kind} | said)
    except ValidationError as invalid:
        wrong = [f"{error['loc'][-1]}: {error['msg']}" for error in invalid.errors(include_input=False)]
        raise Refused("; ".join(wrong)) from None


def _print_answer(taken: Taken) -> int:
    [answer] = taken.answers
    verdict = answer.verdict
    word = "counts" if verdict.counts else f"does not count: {verdict.ground.value}"
    print(f"{word} ({verdict.article})")
    print(f"claim {taken.stream_id} is {taken.step.status.value}")
    for ball in taken.step.awaited:
        what = WORDS.get(ball.what, ball.what)
        print(f"  {ball.owner.value} owes {what} until {wib(ball.until)} ({ball.article})")
    return DONE if verdict.counts else REFUSED


async def list_questions(claim_id: UUID | None, *, as_json: bool) -> int:
    """Print the open questions, the most urgent first."""
    async with open_steps() as steps:
        found = await _asked(steps, claim_id)
    if as_json:
        print_json([{"claim_id": of, **question.model_dump(mode="json")} for of, question in found])
    elif found:
        print_columns([_cells(of, question) for of, question in found])
    else:
        print("no question is open")
    return DONE


async def _asked(steps: Steps, claim_id: UUID | None) -> list[tuple[UUID, OpenQuestion]]:
    ids: Sequence[UUID] = [claim_id] if claim_id else [row[0] for row in await steps.pool.fetch(ASKED)]
    found = []
    for each in ids:
        try:
            view = await view_claim(steps, each)
        except UnknownClaim:
            raise Refused(f"no claim {each}") from None
        found += [(each, question) for question in open_questions(view, steps, "en")]
    return sorted(found, key=lambda one: (one[1].due_at, one[0], one[1].question))


def _cells(claim_id: UUID, question: OpenQuestion) -> tuple[object, ...]:
    held = f"holds {', '.join(map(str, question.months))}" if question.months else ""
    answered = "answered" if question.answered else ""
    until = f"until {wib(question.due_at)}"
    number = f"question {question.question}"
    return (
        claim_id,
        number,
        question.owner.value,
        until,
        question.ground.value,
        held,
        answered,
        question.article,
    )
