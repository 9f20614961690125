"""Refusing, stopping, forfeiting and marking a debt need a basis; leaving it out does not compile."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from claims.events import EVENT, Event
from claims.events.bases import AdverseEvent
from claims.events.basis import Basis, Heard, Shortfall, Statutory, StatutoryGround, follows
from law.grounds import Ground

ROOT = Path(__file__).parents[3]
ADVERSE = sorted(kind.__name__ for kind in get_args(get_args(Event)[0]) if issubclass(kind, AdverseEvent))
DOORS = {"deny", "lapse", "forfeit", "cease", "cancel_order", "find_receivable"}


def calls_in(path: Path) -> set[str]:
    """What a module calls, but for the classes that it makes itself."""
    tree = ast.parse(path.read_text())
    other = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls}
    return named - other


def modules(*but: str) -> list[Path]:
    houses = ("claims", "store", "activities", "workflows", "worker", "api", "cli", "sandbox")
    found = [path for house in houses for path in (ROOT / house).rglob("*.py")]
    return [path for path in found if str(path.relative_to(ROOT)) not in but]


def test_these_events_are_adverse() -> None:
    assert ADVERSE == [
        "BenefitCeased",
        "ClaimDenied",
        "ClaimLapsed",
        "MonthForfeited",
        "PaymentCancelled",
        "ReceivableFound",
    ]


def test_only_one_module_makes_an_adverse_event() -> None:
    makers = {str(path.relative_to(ROOT)) for path in modules() if calls_in(path) & set(ADVERSE)}
    assert makers == {"claims/events/adverse.py"}


def test_only_a_question_or_a_referral_makes_somebody_heard() -> None:
    makers = {str(path.relative_to(ROOT)) for path in modules() if "Heard" in calls_in(path)}
    assert makers == {"claims/transitions/questions.py"}


SNIPPET = """
from datetime import UTC, datetime
from claims.events import adverse
from claims.events.basis import Heard, MonthNotMet, NobodyFiled, OnRecord, RightEnded, Shortfall
from claims.events.basis import Statutory, Upheld
from claims.entitlement.insured import reason_of
from claims.entitlement.sources import PORTAL
from law.grounds import Ground

UNTIL = datetime(2025, 9, 4, tzinfo=UTC)
STATUTORY = NobodyFiled(ground=Ground.NOT_FILED_IN_TIME, article="Pasal 40(a)")
FEW = Statutory(ground=Ground.TOO_FEW_CONTRIBUTION_MONTHS, article="Pasal 19(3)")
ENDED = RightEnded(ground=Ground.REEMPLOYED, article="Pasal 40(b)")
HEARD = Heard(question=1, answer_until=UNTIL, answered=True)
UPHELD = Upheld(HEARD, Ground.REEMPLOYED, "Pasal 40(b)")
adverse.lapse(STATUTORY, denied=None)
adverse.find_receivable(UPHELD, month=1, amount_idr=1)
adverse.cease(ENDED, last_month_owed=1)
OnRecord(Ground.NOT_A_CITIZEN)
Shortfall(Ground.TOO_FEW_CONTRIBUTION_MONTHS, at_most=11, needed=12)
"""
DOES_NOT_COMPILE = {
    "a lapse without a cause": "adverse.lapse(denied=None)",
    "a lapse without a reason": "adverse.lapse(None, denied=None)",
    "a cessation without a cause": "adverse.cease(last_month_owed=0)",
    "a cessation on a hearing that found nothing": "adverse.cease(HEARD, last_month_owed=0)",
    "a debt that only follows from an article": ("adverse.find_receivable(STATUTORY, month=1, amount_idr=1)"),
    "a right that lapses on a condition of the claim": "adverse.lapse(FEW, denied=None)",
    "a benefit that ends on a condition of the claim": "adverse.cease(FEW, last_month_owed=0)",
    "a month lost on a condition": 'adverse.month_forfeited(FEW, month=2, regime="2025", reasons=())',
    "a month lost on work": 'adverse.month_forfeited(ENDED, month=2, regime="2025", reasons=())',
    "an end on a ground that ends nothing": 'RightEnded(ground=Ground.CONTRACT_EXPIRED, article="x")',
    "a month lost on a ground of the record": 'MonthNotMet(ground=Ground.TOO_MANY_CLAIMS, article="x")',
    "a month lost on a ground beside its cause": (
        'adverse.month_forfeited(STATUTORY, month=1, regime="2025", reasons=(), ground=Ground.COUNTS)'
    ),
    "a ground under which nothing follows": (
        'Statutory(ground=Ground.PROOF_NOT_ACCEPTED, article="Pasal 20(3)")'
    ),
    "too few months as if a fact said so": "OnRecord(Ground.TOO_FEW_CONTRIBUTION_MONTHS)",
    "a debt of the employer as a fact against the claimant": "OnRecord(Ground.MONTHS_OWED_BUT_UNPAID)",
    "silence as a fact against the claimant": "OnRecord(Ground.MONTHS_NOT_TOLD)",
    "months that are owed as a shortfall": "Shortfall(Ground.MONTHS_OWED_BUT_UNPAID, at_most=0, needed=12)",
    "a shortfall that does not say what might count": (
        "Shortfall(Ground.TOO_FEW_CONTRIBUTION_MONTHS, needed=12)"
    ),
    "a condition without what its failing comes to": (
        'reason_of("contract", False, Ground.CONTRACT_EXPIRED, "Pasal 20(2)", {}, PORTAL)'
    ),
}


def mypy_says(tmp_path: Path, line: str) -> str:
    snippet = tmp_path / "snippet.py"
    snippet.write_text(SNIPPET + line + "\n")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), str(snippet)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return checked.stdout


def test_what_has_a_basis_compiles(tmp_path: Path) -> None:
    assert "Success" in mypy_says(tmp_path, "")


def test_leaving_the_basis_out_does_not_compile(tmp_path: Path) -> None:
    said = mypy_says(tmp_path, "\n".join(DOES_NOT_COMPILE.values()))
    first = len((SNIPPET + "\n").splitlines())
    lines = {int(error.split(":")[1]) - first for error in said.splitlines() if ": error:" in error}
    assert lines == set(range(len(DOES_NOT_COMPILE))), said


@pytest.mark.parametrize("ground", sorted(set(Ground) - set(get_args(StatutoryGround))))
def test_a_machine_has_no_basis_for_any_other_ground(ground: Ground) -> None:
    assert follows(ground, "x") is None


@pytest.mark.parametrize("ground", get_args(StatutoryGround))
def test_what_follows_from_an_article_says_which(ground: StatutoryGround) -> None:
    assert follows(ground, "Pasal 1") == Statutory(ground=ground, article="Pasal 1")


@pytest.mark.parametrize("at_most", [12, 13])
def test_months_that_might_be_enough_are_no_shortfall(at_most: int) -> None:
    with pytest.raises(AssertionError, match="might be enough"):
        Shortfall(Ground.TOO_FEW_CONTRIBUTION_MONTHS, at_most, needed=12)


def test_only_one_module_says_that_months_fall_short() -> None:
    makers = {str(path.relative_to(ROOT)) for path in modules() if "Shortfall" in calls_in(path)}
    assert makers == {"claims/entitlement/insured.py"}


def test_an_adverse_event_recorded_before_bases_were_kept_is_still_read() -> None:
    event = EVENT.validate_python(
        {"type": "claim_lapsed", "ground": "not_filed_in_time", "article": "PP 37/2021 Pasal 40(a)"}
    )
    assert "basis" not in event.model_dump()


def test_there_are_two_kinds_of_basis_and_no_third() -> None:
    assert set(get_args(Basis)) == {Statutory, Heard}
