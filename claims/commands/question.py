"""What the claimant is asked for, and answers."""

from typing import Annotated, Literal

from pydantic import Field

from claims.events import Document, Statement
from claims.events.facts import Code
from law.grounds import Frozen
from law.limits import Count


class AskForDocuments(Frozen):
    """Permintaan dokumen by an officer: which are missing."""

    kind: Literal["document_request"] = "document_request"
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=6)]


class AnswerQuestion(Frozen):
    """Keterangan of the claimant to a question, or to the referral of the claim (question 0)."""

    kind: Literal["answer"] = "answer"
    question: Count = 0
    statement: Statement
    reference: Code


QuestionMessage = AskForDocuments | AnswerQuestion
