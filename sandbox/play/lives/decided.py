"""What decided a life: the decisions over the claim and its lost months, as the API gives their reasons."""

from collections.abc import Sequence

from sandbox.play.player import Json
from sandbox.play.report import DecisionReport

DECIDING = frozenset(
    {
        "claim_approved",
        "claim_denied",
        "claim_referred",
        "officer_decided",
        "month_forfeited",
        "benefit_ceased",
        "claim_lapsed",
    }
)


def decision_reports(decisions: Sequence[Json]) -> tuple[DecisionReport, ...]:
    """The deciding ones of a claim's decisions as the API tells them, oldest first; grants are left out."""
    return tuple(
        DecisionReport(
            type=decision["type"],
            month=decision["month"],
            actor=decision["actor"],
            ground=decision["ground"],
            article=decision["article"],
            why=decision["why"],
            unmet=[reason for reason in decision["reasons"] if reason["result"] != "met"],
            explained=decision["explained"],
        )
        for decision in decisions
        if decision["type"] in DECIDING
    )


def decided_by(decisions: Sequence[DecisionReport]) -> str:
    """What decided, in one line: an approval is named where no loss came after it; a refusal always."""
    questions = _questions_decided(decisions)
    deciding = [d for d in decisions if d.type not in ("claim_referred", "officer_decided")]
    denied = any(d.type == "claim_denied" for d in deciding)
    last = [d for d in deciding if not (denied and d.type == "claim_lapsed")]
    told = [d for d in last if d.type != "claim_approved" or d is last[-1]]
    return "; ".join(_line(d) for d in [*told, *questions])


def _questions_decided(decisions: Sequence[DecisionReport]) -> list[DecisionReport]:
    """What an officer decided after the approval: over a question, and no more over the claim."""
    types = [decision.type for decision in decisions]
    after = types.index("claim_approved") if "claim_approved" in types else len(types)
    return [d for d in decisions[after:] if d.type == "officer_decided" and d.ground == "counts"]


def _line(decision: DecisionReport) -> str:
    ground = f"{decision.ground}, {_short(decision.article)}"
    match decision.type:
        case "claim_approved" if decision.unmet:
            doubt = decision.unmet[0]
            return f"approved by an officer: {doubt.ground}, {_short(doubt.article)}"
        case "claim_approved":
            return f"approved: {len(decision.explained)} conditions met"
        case "claim_denied":
            return f"denied: {ground}"
        case "month_forfeited":
            return f"month {decision.month} lost: {ground}"
        case "officer_decided":
            return f"a question decided by an officer, {_short(decision.article)}"
        case "benefit_ceased":
            return f"ceased: {ground}"
        case _:
            return f"lapsed: {ground}"


def _short(article: str) -> str:
    """The article alone: which law it is of stands in the report file."""
    return article[max(article.find("Pasal"), 0) :]
