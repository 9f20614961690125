"""The law stands in `law/`, dated and cited: elsewhere is no number that it could have said, and no article.

A number outside the tables of the law is reviewed here with its reason, or it is found.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from http import HTTPStatus
from pathlib import Path

import pytest

from law import contribution_rates, duty_terms
from law.regimes import LAW
from law.rules import BENEFIT_MONTHS, Sourced

ROOT = Path(__file__).parents[2]
FOLDERS = ("law", "payments", "claims", "store", "activities", "workflows", "api", "cli")
TABLES = {f"law/{name}.py" for name in ("regimes", "contribution_rates", "duty_terms", "provisions")}
# Examples of the API show whole answers, and `wording` holds texts.
NO_RULES = ("api/examples/", "claims/wording/")

# No term, amount or share of the law is counted in these.
UNITS = {"seconds", "minutes", "milliseconds", "bytes", "octets", "digits", "timeout", "attempts"}
SHAPES = {"max_length", "min_length", "maxsize", "indent", "status_code"}
HTTP_STATUSES = {status.value for status in HTTPStatus}

Numbers = dict[str, set[object]]
REVIEWED: dict[str, Numbers] = {
    "the number of benefit months": {"law/rules.py": {6}},
    "month 2, the first that is applied for": {
        "claims/agenda/deadlines.py": {2},
        "claims/agenda/next_step.py": {2},
        "claims/commands/evidence.py": {2},
        "claims/deciding/evidence.py": {2},
        "claims/entitlement/determination.py": {2},
        "claims/entitlement/windows.py": {2},
        "activities/mail/letters/facts.py": {2},
        "api/routes/evidence.py": {2},
    },
    "months of a year and days of a week": {
        "law/periods.py": {12, 5},
        "claims/entitlement/contribution_months.py": {12},
    },
    "a share as percent": {
        "claims/entitlement/insured.py": {100},
        "claims/entitlement/months.py": {100},
    },
    "ages of people who can be: nothing is refused by them that the law grants": {
        "law/ages.py": {15, 110, 25, 35, 45, 55},
        "law/nik.py": {15, 100},
        "claims/events/facts.py": {400},
        "claims/estimating.py": {120},
    },
    "the digits of a NIK": {"law/nik.py": {40, 1900, 2000, 6, 8, 10, 100}},
    "how a day, a number or a text can be written at all": {
        "law/limits.py": {1900, 2200, 12, 31, 23, 59, 999999, 2, 10, 11, 32, 20, 4000},
        "claims/events/facts.py": {64, 2000, 2100, 12, 31, 10_000_000_000, 600, 10, 50},
        "store/calendar.py": {2021, 2027, 2},
        "store/ids.py": {20},
        "activities/bank/snap/access_token.py": {6},
        "activities/bank/snap/answers.py": {64},
        "activities/bank/snap/client.py": {10, 12, 14, 23, 59},
        "activities/bank/snap/profile.py": {7, 5.0, 10.0},
        "activities/step/step_activity.py": {120},
        "workflows/options.py": {200, 2},
        "api/http/cloud_events.py": {2000},
        "api/http/problems.py": {64},
        "cli/arguments.py": {200, 10_000_000},
        "cli/bench.py": {160},
        "cli/database/schema_and_clock.py": {36_600},
        "cli/officers/decisions.py": {9999},
        "cli/officers/people.py": {9999},
        "cli/operations/decrees.py": {2021, 2100, 200, 100, 40},
        "cli/operations/findings/apart.py": {12},
        "cli/run.py": {140},
    },
    "what an estimate assumes and says": {"claims/entitlement/assuming.py": {60, 30}},
    "pauses between tries of a transfer, without legal effect (record 25)": {
        "claims/deciding/payment.py": {2, 12}
    },
    "how long a letter is tried and sent again, without legal effect": {
        "activities/mail/notices.py": {5},
        "activities/mail/address_changes.py": {30},
    },
    "how much a letter shows": {
        "activities/mail/letters/news.py": {6, 3},
        "activities/mail/letters/rendering.py": {4, 2, 60},
    },
    "lengths of hashes, and keys of locks": {
        "claims/estimating.py": {64},
        "claims/reconstruction.py": {64},
        "store/scheduling/clock.py": {0x6A6B70_02},
        "store/engine/streams.py": {32, 8},
        "store/process/migrations.py": {0x6A6B70_01},
        "api/document.py": {32},
    },
    "versions of a shape or of a server": {
        "claims/state/evolving.py": {5},
        "store/process/admission.py": {150_000, 10_000},
    },
    "exit codes, and replies of mail servers": {
        "activities/mail/relay.py": {530, 534, 535, 538, 600},
        "api/__main__.py": {2, 3},
        "cli/__main__.py": {141},
        "cli/problems.py": {2, 3, 130},
        "cli/run.py": {2, 130},
    },
    "how much is held, asked or waited for at once": {
        "claims/transitions/automatic.py": {64},
        "store/engine/folded.py": {2000},
        "store/claims/redating.py": {200, 50},
        "store/database.py": {4, 5, 10, 15, 30, 60, 600, 3600},
        "store/engine/set_apart.py": {1000},
        "store/scheduling/wakeups.py": {50},
        "activities/bank/snap/client.py": {1000},
        "activities/bank/snap/exchange.py": {1000, 30.0},
        "activities/bank/transfer.py": {3},
        "api/app.py": {10},
        "api/http/serving.py": {1000, 2},
        "api/http/turns.py": {4, 3},
        "cli/operations/calendar.py": {50},
        "cli/operations/findings/runs.py": {16},
        "cli/operations/stuck.py": {1000, 1_000_000, 10},
        "cli/output.py": {4},
    },
}

# What is shown beside a step or a field, or asked for by a name of its own regulation.
CITED_IN_WORDS = {
    "activities/mail/letters/facts.py": {"Pasal 13(6)", "Pasal 13(7)"},
    "workflows/claim.py": {"Pasal 19(3)"},
    "api/routes/bodies.py": {"Permenaker", "Pasal 13(5)"},
}


def words_of(name: str) -> set[str]:
    return set(name.lower().split("_"))


def is_innocent(node: ast.AST, *, http: bool) -> bool:
    """A place in which no number can be one of the law: a unit it never counts in, a size, a status."""
    match node:
        case ast.keyword(arg=str(name)):
            return name in SHAPES or bool(words_of(name) & UNITS)
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return bool(words_of(name) & UNITS)
        case ast.Constant(value=int(number)) if http:
            return number in HTTP_STATUSES
    return False


def numbers_in(node: ast.AST, *, http: bool = False) -> Iterator[object]:
    """The number literals below a node but 0 and 1, those of `Decimal("0.45")` too."""
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool) and number not in (
            0,
            1,
        ):
            yield number
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(spelled)), *_]):
            yield spelled
        case ast.Subscript(value=of, slice=ast.Constant() | ast.Slice()):
            yield from numbers_in(of, http=http)
            return
    for child in ast.iter_child_nodes(node):
        if not is_innocent(child, http=http):
            yield from numbers_in(child, http=http)


def reviewed_in(module: str) -> set[object]:
    return {number for by_module in REVIEWED.values() for number in by_module.get(module, set())}


def is_http(module: str) -> bool:
    return module.startswith(("api/", "activities/"))


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules outside the tables of the law, by their path in the repository."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            module = str(path.relative_to(ROOT))
            if module not in TABLES and not module.startswith(NO_RULES):
                yield module, ast.parse(path.read_text("utf-8"))


MODULES = dict(modules())


def test_no_number_stands_outside_the_law_unreviewed() -> None:
    found = {
        module: unreviewed
        for module, tree in MODULES.items()
        if (unreviewed := {*numbers_in(tree, http=is_http(module))} - reviewed_in(module))
    }
    assert found == {}, "a number of the law goes to law/, dated and cited; another one to REVIEWED, with why"


def test_what_was_reviewed_is_still_there() -> None:
    named = {module for by_module in REVIEWED.values() for module in by_module}
    gone = {
        module: left
        for module in sorted(named)
        if (left := reviewed_in(module) - {*numbers_in(MODULES[module], http=is_http(module))})
    }
    assert gone == {}


@pytest.mark.parametrize(
    ("planted", "numbers"),
    [
        ("JOIN_DAYS = 60", [60]),
        ("term = timedelta(days=45)", [45]),
        ("term = timedelta(days=-14)", [14]),
        ("due = calendar.working_days_after(day, 7)", [7]),
        ("due = months_after(day, count=3)", [3]),
        ("rate = Decimal('0.45')", ["0.45"]),
        ("rate = 0.6", [0.6]),
        ("def pays(wage_idr: int = 5_000_000) -> int: ...", [5_000_000]),
        ("Month = Annotated[int, Field(ge=1, le=6)]", [6]),
        ("if len(paid) >= 12: ...", [12]),
        ("TERMS = {'claimant': 7, 'officer': 3}", [7, 3]),
        ("amount = rates[month - 2]", [2]),
    ],
)
def test_a_number_that_somebody_plants_is_found(planted: str, numbers: list[object]) -> None:
    assert list(numbers_in(ast.parse(planted), http=True)) == numbers


@pytest.mark.parametrize(
    "written",
    [
        "first, last = days[2], days[:6]",
        "month += 1",
        "paid = True",
        "TRANSFER_SECONDS = 45",
        "pause = timedelta(seconds=30)",
        "text: str = Field(max_length=120)",
        "response.status_code = 201",
    ],
)
def test_an_index_a_size_and_a_unit_that_no_law_counts_in_are_no_numbers_of_the_law(written: str) -> None:
    assert list(numbers_in(ast.parse(written), http=True)) == []


def string_literals(tree: ast.AST) -> Iterator[str]:
    """Every string but docstrings; of an f-string its constant parts."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        yield from string_literals(node)


def cited_in(tree: ast.AST) -> set[str]:
    """The regulations and articles that the strings of a module name."""
    found = re.compile(r"Permenaker|Peraturan|\b(?:PP|PMK|UU) \d|\bPasal \d+\w*(?:\(\w+\)\w*)*")
    return {cited for text in string_literals(tree) for cited in found.findall(text)}


def test_no_regulation_and_no_article_is_cited_outside_the_law() -> None:
    cited = {module: found for module, tree in MODULES.items() if (found := cited_in(tree))}
    assert cited == CITED_IN_WORDS


@pytest.mark.parametrize(
    ("planted", "cited"),
    [
        ('FIRST = f"{PP37} Pasal 39(3)"', {"Pasal 39(3)"}),
        ('article = "PP 44/2015 Pasal 21(2)-(3)"', {"PP 4", "Pasal 21(2)"}),
        ('def due() -> str:\n    """By Pasal 21."""\n    return ""', set()),
    ],
)
def test_an_article_that_somebody_plants_is_found_and_a_docstring_may_name_it(
    planted: str, cited: set[str]
) -> None:
    assert cited_in(ast.parse(planted)) == cited


def cited_values(table: object) -> Mapping[str, object]:
    """What a table says: each field but its name, its first day and the tables inside it."""
    assert is_dataclass(table)
    said = {field.name: getattr(table, field.name) for field in fields(table)}
    return {
        name: value
        for name, value in said.items()
        if name not in {"name", "in_force_from", "rates", "reliefs"}
    }


TABLES_BESIDE_A_CLAIM = (
    duty_terms.DUTIES,
    duty_terms.REPORTS,
    contribution_rates.CONTRIBUTIONS,
    *contribution_rates.CONTRIBUTIONS.rates,
    *contribution_rates.CONTRIBUTIONS.reliefs,
)


@pytest.mark.parametrize("table", TABLES_BESIDE_A_CLAIM, ids=lambda table: type(table).__name__)
def test_every_value_beside_a_claim_is_cited_and_its_table_says_from_when_it_holds(table: object) -> None:
    assert hasattr(table, "in_force_from") or hasattr(table, "first_month")
    for name, value in cited_values(table).items():
        assert isinstance(value, Sourced), name
        record, _, _ = value.citation.removeprefix("assumption: ").partition("; ")
        assert " Pasal " in value.citation or (ROOT / record).is_file(), name


def test_every_regime_has_a_rate_for_each_of_the_benefit_months() -> None:
    assert {len(rules.replacement_rates.value) for rules in LAW.regimes} == {BENEFIT_MONTHS}
