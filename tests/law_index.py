"""Where each article stands in the code of the law, found by its citations.

`python tests/law_index.py` writes docs/law/index.md; a test holds the page equal to the code.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from claims.regimes import LAW, PP6, PP37
from claims.rules import Rules

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "law" / "index.md"
CASES = ROOT / "tests" / "claims" / "law"
NAMES = {"PP37": PP37, "PP6": PP6}
ARTICLE = re.compile(r"^(?:PP|Permenaker|Peraturan|UU) .+|^assumption: .+")
PROCEDURES = tuple(rules.procedure for rules in LAW.regimes)

HEAD = """# Where each article stands

Every citation in `claims/`, what decides by it there, and how many law cases name it. The page is written by
`python tests/law_index.py` from the code itself, and a test holds it equal. What the texts leave open is
cited as an assumption; its record stands in [decisions](../decisions).

| Article | Decided in | Law cases |
|---|---|---|
"""


def citations() -> dict[str, set[str]]:
    """Every article cited, and where: `module.function`, or `module` for a value of the rules."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ROOT / "claims").glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for scope, node in _nodes(tree, ""):
            for text in _texts(node):
                found[text].add(f"{file.stem}.{scope}" if scope else file.stem)
    read = readers()
    for places in found.values():
        for place in list(places):
            places |= read[place.removeprefix("regimes.")] if place.startswith("regimes.") else set()
    return found


def readers() -> dict[str, set[str]]:
    """Where each field of the rules is read: `module.function` by the field's name."""
    names = {field.name for field in fields(Rules)}
    found: dict[str, set[str]] = defaultdict(set)
    for file in sorted((ROOT / "claims").glob("*.py")):
        for scope, node in _nodes(ast.parse(file.read_text("utf-8")), ""):
            if isinstance(node, ast.Attribute) and node.attr in names and scope:
                found[node.attr].add(f"{file.stem}.{scope}")
    return found


def _nodes(node: ast.AST, scope: str) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the name of its function; the words of a docstring are no citation."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        inner = _scope_of(child, scope)
        yield inner, child
        yield from _nodes(child, inner)


def _scope_of(node: ast.AST, outer: str) -> str:
    """A function, the message that a nameless one decides, or the field of the rules."""
    if isinstance(node, ast.FunctionDef):
        decided = node.args.args[0].annotation if node.name == "_" else None
        return decided.attr if isinstance(decided, ast.Attribute) else node.name
    if isinstance(node, ast.keyword) and not outer and node.arg:
        return node.arg
    return outer


def _texts(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "procedure_article":
        pasal = _spelled(node.args[1])
        return tuple(f"{procedure} Pasal {pasal}" for procedure in PROCEDURES)
    text = _spelled(node)
    named = text not in (PP37, PP6, *PROCEDURES)
    return tuple(part for part in text.split("; ") if named and ARTICLE.match(part))


def _spelled(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(part) for part in node.values)
    return ""


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return part.value if isinstance(part.value, str) else "?"
    assert isinstance(part, ast.FormattedValue), "an f-string has text and values"
    return NAMES.get(getattr(part.value, "id", ""), "?")


def cases_of() -> dict[str, int]:
    """How many law cases name each article."""
    counted: dict[str, int] = defaultdict(int)
    for file in sorted(CASES.glob("*.json")):
        for case in json.loads(file.read_text("utf-8"))["cases"]:
            counted[case["article"]] += 1
    return counted


def page() -> str:
    """The index as Markdown."""
    counted = cases_of()
    rows = []
    for article, places in sorted(citations().items()):
        number = sum(n for named, n in counted.items() if article in named)
        rows.append(f"| {article} | {', '.join(f'`{place}`' for place in sorted(places))} | {number or ''} |")
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
