"""`jkp claim` for officers and inspectors: what is asked, and what they say to a claim."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter
from pydantic import ValidationError

from activities.step.workflow_details import WORDS
from api.routes.questions import OpenQuestion, open_questions
from claims.agenda import obligations
from claims.agenda.obligations import objection
from claims.commands.command import COMMAND, Command
from claims.events import Document, Objected, ObjectionReceived, Payer, PersonDataDiffers
from claims.events.contact import CONTACT
from claims.events.facts import CODE_MAX, CODE_PATTERN
from claims.wording.decided import decision_text
from cli.arguments import ClaimId, Line, MonthNumber, Rupiah, whole
from cli.output import AsJson, conclude, notify_relay, open_steps, operator, print_columns, print_json, wib
from cli.problems import DONE, REFUSED, BadInput, Refused
from payments.context import DecisionContext
from store.claims.kind import ClaimStepResult, ClaimStepRunner, IncomingMessage
from store.claims.queries import ClaimView, view_claim
from store.engine.messages import UnknownStream
from store.ids import new_id
from store.scheduling.clock import read_clock

SOURCE = "desk"
ASKED = (
    "select stream_id from claims c where status = 'referred' or (status in ('in_benefit', 'ceased') "
    "and exists (select from events e where e.stream_id = c.stream_id and e.type = 'question_asked')) "
    "or (todo <> 'finish' "
    "and exists (select from events e where e.stream_id = c.stream_id and e.type = 'objection_received')) "
    "or exists (select from events e where e.stream_id = c.stream_id and e.type = 'person_data_differs')"
)
ACTOR_MAX = len("inspector:") + CODE_MAX

By = Annotated[Line, Parameter(help="Who says it, without spaces; your system user by default.")]
PaysFirst = Annotated[
    Payer | None, Parameter(help="Who pays the months first, where contributions are in arrears.")
]
Why = Annotated[Line, Parameter(help="Why, for who asks later, up to 120 characters; no personal data.")]


def decide(
    claim_id: ClaimId,
    /,
    *,
    approves: Annotated[
        bool, Parameter(name="--approve", negative="--refuse", help="For the claimant, or not.")
    ],
    reason: Why,
    question: Annotated[
        int, whole(0, 9999), Parameter(help="Which question; 0 is the referral of the claim.")
    ] = 0,
    payer: PaysFirst = None,
    by: By = "",
) -> int:
    """Decide a referred claim, or a question: for the claimant, or not once they were heard."""
    said: dict[str, object] = {"approves": approves, "reason": reason, "question": question, "payer": payer}
    return conclude(say(claim_id, "officer_decision", said, f"officer:{by or operator()}"))


def put_right(
    claim_id: ClaimId,
    what: Annotated[Objected, Parameter(help="What is wrong; a month with its number in --month.")],
    /,
    *,
    reason: Why,
    month: Annotated[MonthNumber, Parameter(help="Which month was lost wrongly.")] = 0,
    founded: Annotated[
        bool,
        Parameter(name="--founded", negative="--dismiss", help="Put it right, or dismiss the objection."),
    ] = True,
    payer: PaysFirst = None,
    by: By = "",
) -> int:
    """Put right a refusal, a lost month or the end of a benefit; or dismiss the objection to it."""
    said: dict[str, object] = {"what": what, "month": month, "reason": reason, "founded": founded}
    return conclude(say(claim_id, "put_right", said | {"payer": payer}, f"officer:{by or operator()}"))


def ask_documents(claim_id: ClaimId, /, *documents: Document, by: By = "") -> int:
    """Ask the claimant of a referred claim for documents; they have seven working days."""
    said: dict[str, object] = {"documents": documents}
    return conclude(say(claim_id, "document_request", said, f"officer:{by or operator()}"))


def recheck(claim_id: ClaimId, /, *, reason: Why, by: By = "") -> int:
    """Ask BPJS again for the contribution record; what is new there decides anew."""
    return conclude(say(claim_id, "record_request", {"reason": reason}, f"officer:{by or operator()}"))


def true_wage(
    claim_id: ClaimId,
    /,
    *,
    idr: Annotated[Rupiah, Parameter(help="The wage a month, in whole rupiah: 6500000, Rp6.500.000.")],
    reference: Annotated[Line, Parameter(help="The number of the finding.")],
    by: By = "",
) -> int:
    """Record the true wage that an inspector found: what the employer owes in one sum follows."""
    said: dict[str, object] = {"true_wage_idr": idr, "reference": reference}
    return conclude(say(claim_id, "true_wage", said, f"inspector:{by or operator()}"))


def questions(claim_id: ClaimId | None = None, /, *, as_json: AsJson = False) -> int:
    """List open questions, objections and personal data that differ: who has to move, and until when."""
    return conclude(list_questions(claim_id, as_json=as_json))


async def say(claim_id: UUID, kind: str, said: dict[str, object], actor: str) -> int:
    """Say something to a claim and print its verdict; exit code 1 where it does not count."""
    message = _message(kind, said)
    if not re.fullmatch(CODE_PATTERN, actor) or len(actor) > ACTOR_MAX:
        raise BadInput("--by is one word of letters, digits and . : / -, at most 64")
    async with open_steps() as steps:
        at = (await read_clock(steps.pool)).at
        incoming = IncomingMessage(message, SOURCE, str(new_id()), actor, at)
        try:
            result = await steps.run_step(claim_id, (incoming,))
        except UnknownStream:
            raise Refused(f"no claim {claim_id}") from None
        await notify_relay(steps.pool)
    return _print_answer(result)


def _message(kind: str, said: dict[str, object]) -> Command:
    try:
        return COMMAND.validate_python({"kind": kind} | said)
    except ValidationError as invalid:
        wrong = [f"{error['loc'][-1]}: {error['msg']}" for error in invalid.errors(include_input=False)]
        raise BadInput("; ".join(wrong)) from None


def _print_answer(result: ClaimStepResult) -> int:
    [answer] = result.results
    verdict = answer.verdict
    word = "counts" if verdict.counts else f"does not count: {verdict.ground.value}"
    print(f"{word} ({verdict.article})")
    print(f"claim {result.stream_id} is {result.next_step.status.value}")
    for wait in result.next_step.awaited:
        what = WORDS.get(wait.what, wait.what)
        print(f"  {wait.owner.value} owes {what} until {wib(wait.until)} ({wait.article})")
    return DONE if verdict.counts else REFUSED


async def list_questions(claim_id: UUID | None, *, as_json: bool) -> int:
    """Print the open questions, the most urgent first, then the open objections."""
    async with open_steps() as steps:
        views = await _views(steps, claim_id)
        found = _asked(views, steps)
        objections, data = _objected(views, steps), _differing(views, steps)
    if as_json:
        asked = [{"claim_id": of, **question.model_dump(mode="json")} for of, question in found]
        asked += [{"claim_id": of, **_facts(received, due)} for of, received, due in objections]
        print_json([*asked, *({"claim_id": of, **_facts_of_data(each, due)} for of, each, due in data)])
    elif found or objections or data:
        rows = [*(_cells(*each) for each in found), *(_cells_of_objection(*each) for each in objections)]
        print_columns([*rows, *(_cells_of_data(*each) for each in data)])
    else:
        print("no question is open")
    return DONE


async def _views(steps: ClaimStepRunner, claim_id: UUID | None) -> list[ClaimView]:
    ids: Sequence[UUID] = [claim_id] if claim_id else [row[0] for row in await steps.pool.fetch(ASKED)]
    found = []
    for each in ids:
        try:
            found.append(await view_claim(steps, each))
        except UnknownStream:
            raise Refused(f"no claim {each}") from None
    return found


def _asked(views: list[ClaimView], steps: ClaimStepRunner) -> list[tuple[UUID, OpenQuestion]]:
    found = [(view.stream_id, asked) for view in views for asked in open_questions(view, steps, "en")]
    return sorted(found, key=lambda one: (one[1].due_at, one[0], one[1].question))


def _objected(
    views: list[ClaimView], steps: ClaimStepRunner
) -> list[tuple[UUID, ObjectionReceived, datetime]]:
    found = []
    for view in views:
        s = DecisionContext(law=steps.law, calendar=view.calendar, at=view.at)
        for each in view.claim.open_objections:
            found.append((view.stream_id, each.received, objection(each, s).until))
    return sorted(found, key=lambda one: (one[2], one[0], one[1].month))


def _differing(
    views: list[ClaimView], steps: ClaimStepRunner
) -> list[tuple[UUID, PersonDataDiffers, datetime]]:
    found = []
    for view in views:
        s = DecisionContext(law=steps.law, calendar=view.calendar, at=view.at)
        differs = view.claim.contact.differs
        if differs is not None:
            found.append((view.stream_id, differs, obligations.person_data(differs, s).until))
    return sorted(found, key=lambda one: (one[2], one[0]))


def _facts_of_data(differs: PersonDataDiffers, due_at: datetime) -> dict[str, object]:
    said = differs.model_dump(mode="json", include={"version", "fields", "reported_by", "found_on"})
    return {"person_data": said, "owner": "officer", "due_at": due_at}


def _cells_of_data(claim_id: UUID, differs: PersonDataDiffers, due_at: datetime) -> tuple[object, ...]:
    until, version = f"until {wib(due_at)}", f"version {differs.version}"
    return (claim_id, "person data", "officer", until, ", ".join(differs.fields), version, "", CONTACT)


def _facts(received: ObjectionReceived, due_at: datetime) -> dict[str, object]:
    said = received.model_dump(mode="json", include={"what", "month", "reference", "received_on"})
    return {"objection": said.pop("what"), **said, "owner": "officer", "due_at": due_at}


def _cells_of_objection(claim_id: UUID, received: ObjectionReceived, due_at: datetime) -> tuple[object, ...]:
    about = decision_text(received.what, received.month, "en")
    until, article = f"until {wib(due_at)}", received.verdict.article
    return (claim_id, "objection", "officer", until, about, received.reference, "", article)


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
