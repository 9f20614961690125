"""Where each article stands: its code by its citations, its law cases, the letters that cite it, its tests.

`python tests/pages/law_index.py` writes docs/law/index.md; a test holds the page equal to the code.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

from law import provisions
from law.regimes import LAW, PP6, PP37
from law.rules import Rules

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "law" / "index.md"
REGIMES = ROOT / "law" / "regimes.py"
MAKING = {"amended", "_cited_by", "_asked", "cited"}
CASES = ROOT / "tests" / "claims" / "law"
NAMES = {"PP37": PP37, "PP6": PP6}
ARTICLE = re.compile(r"^(?:PP|Permenaker|Peraturan|UU) .+|^assumption: .+")
PROCEDURES = tuple(rules.procedure for rules in LAW.regimes)

HEAD = """# Where each article stands

Look up an article: its code decides by it, its cases are facts with their outcome, its tests stand beside it.
Long lists open with a click; **no case** says that none was written; [cases.md](cases.md) tells how to do it.
What the texts leave open stands at the end, each point with its record.
"""
OPEN_POINTS = "What the texts leave open"
LAWS = ("PP 37/2021", "PP 37/2021 as amended by PP 6/2025", "PP 6/2025", "Permenaker", "Peraturan BPJS")
LONG = 3
OF_THE_LAW = ("tests/law/", "tests/claims/")
SAID = re.compile(r"((?:PP|Permenaker) \d+/\d+) Pasal (\d+[A-Z]?(?:\(\d+\w*\))*[a-z]?\b)")
BRANCH = re.compile(r"\d+[A-Z]?|II|I")


def pure() -> list[Path]:
    """The modules that may cite: those of `law/` and `claims/`, but for the wording, which has no rule."""
    files = [file for folder in ("law", "claims") for file in sorted((ROOT / folder).rglob("*.py"))]
    return [file for file in files if "wording" not in file.parts]


def dotted(file: Path) -> str:
    """The name of a module, as `law.regimes`."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def module_of(place: str) -> Path:
    """The file of a place, relative to the root."""
    path = ROOT
    for part in place.split("."):
        path /= part
        if path.with_suffix(".py").exists():
            break
    return path.with_suffix(".py").relative_to(ROOT)


def citations() -> dict[str, set[str]]:
    """Every article cited, and where: `module.function`, or `module` for a value of the rules."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in pure():
        tree = ast.parse(file.read_text("utf-8"))
        for scope, node in _nodes(tree, "") if file != REGIMES else ():
            for text in _texts(node):
                found[text].add(f"{dotted(file)}.{scope}" if scope else dotted(file))
    read = readers()
    for name, text in _of_the_regimes():
        found[text] |= {f"law.regimes.{name}", *read[name]}
    for text, place in _by_name():
        found[text].add(place)
    return found


def _of_the_regimes() -> Iterator[tuple[str, str]]:
    """The fields of every regime with each article they cite: of an amendment also those it keeps."""
    for rules in LAW.regimes:
        for name, value in rules.cited():
            for part in filter(ARTICLE.match, value.citation.split("; ")):
                yield name.partition(".")[0], part


def articles_by_name() -> dict[str, str]:
    """The articles of law/provisions.py that have a name, by which whoever decides by them cites them."""
    named = {name: value for name, value in vars(provisions).items() if name.isupper()}
    return {name: value for name, value in named.items() if isinstance(value, str) and " Pasal " in value}


def _by_name() -> Iterator[tuple[str, str]]:
    """Each such article, and where it is cited by its name: `module.function`."""
    named = articles_by_name()
    for file in pure():
        for scope, node in _nodes(ast.parse(file.read_text("utf-8")), ""):
            if scope and isinstance(node, ast.Name) and node.id in named:
                yield named[node.id], f"{dotted(file)}.{scope}"


def readers() -> dict[str, set[str]]:
    """Where each field of the rules is read: `module.function` by the field's name.

    What makes or lists the rules decides nothing by them.
    """
    names = {field.name for field in fields(Rules)}
    found: dict[str, set[str]] = defaultdict(set)
    for file in pure():
        for scope, node in _nodes(ast.parse(file.read_text("utf-8")), ""):
            if isinstance(node, ast.Attribute) and node.attr in names and scope and scope not in MAKING:
                found[node.attr].add(f"{dotted(file)}.{scope}")
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
    """A function, or the field of the rules."""
    if isinstance(node, ast.FunctionDef):
        return node.name
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


def articles_in(citation: str) -> tuple[str, ...]:
    """The articles a citation names, each in full: `PP 37/2021 Pasal 19(3), 39(1)` names two."""
    named: list[str] = []
    for part in citation.split("; "):
        law, pasal, numbers = part.partition(" Pasal ")
        if not pasal:
            named.append(part)
        named += [f"{law} Pasal {each}" for each in numbers.split(", ") if BRANCH.match(each)]
    return tuple(named)


def cases_of() -> dict[str, dict[str, list[str]]]:
    """The law cases that name each very article: its files, and the ids in each."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file in sorted(CASES.glob("*.json")):
        for case in json.loads(file.read_text("utf-8"))["cases"]:
            for article in articles_in(case["article"]):
                found[article][file.name].append(case["id"])
    return found


def letters() -> dict[str, set[str]]:
    """The files of letters that cite each article in words of their own."""
    found: dict[str, set[str]] = defaultdict(set)
    folder = ROOT / "activities" / "mail" / "letters"
    files = [*folder.glob("*.py"), *(folder / "templates").glob("*.id.*")]
    for file in files:
        text = file.read_text("utf-8")
        cited = {f"{law} Pasal {pasal}" for law, pasal in SAID.findall(text)}
        cited |= {article for name, article in articles_by_name().items() if re.search(rf"\b{name}\b", text)}
        for article in cited:
            found[article].add(str(file.relative_to(ROOT)))
    return found


def tests_of(article: str, places: set[str]) -> tuple[str, ...]:
    """The test modules that name an article, and those of the modules that decide by it."""
    named = re.compile(re.escape(article) + r"(?![\w(])")
    names = {f"test_{module_of(place).stem}.py" for place in places}
    own = {path for path, _ in _tests() if Path(path).name in names and path.startswith(OF_THE_LAW)}
    own |= {"tests/law/test_law_edges.py"} if any(p.startswith("law.regimes.") for p in places) else set()
    return tuple(sorted(path for path, text in _tests() if path in own or named.search(text)))


@cache
def _tests() -> tuple[tuple[str, str], ...]:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return tuple((str(file.relative_to(ROOT)), file.read_text("utf-8")) for file in files)


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which 4 comes before 11 and 4(2) before 4(2)a."""
    return tuple((int(part or 0), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text))


def sections() -> dict[str, dict[str, list[str]]]:
    """Every article by its law and its Pasal, in the order of their numbers."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in sorted({*citations(), *cases_of(), *letters()}, key=natural):
        law, pasal, number = article.partition(" Pasal ")
        if article.startswith("assumption: "):
            law, pasal, number = OPEN_POINTS, "", ""
        branch = BRANCH.match(number)
        found[law][f"Pasal {branch[0]}" if pasal and branch else ""].append(article)
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def _place(law: str) -> tuple[int, str]:
    if law in LAWS:
        return LAWS.index(law), law
    starts = [n for n, start in enumerate(LAWS) if law.startswith(start) and n > LAWS.index("PP 6/2025")]
    return (starts or [len(LAWS) + (law == OPEN_POINTS)])[0], law


def _link(path: str, text: str = "") -> str:
    return f"[{text or Path(path).name}](../../{path})"


def _entry(article: str, places: set[str], cases: dict[str, list[str]], said: set[str]) -> str:
    """One article: its name, code, letters, cases and tests."""
    name = article.rpartition(" Pasal ")
    lines = [f"**Pasal {name[2]}**" if name[1] else f"**{_named(article)}**", ""]
    code = [_link(str(module_of(place)), f"`{place}`") for place in sorted(places)]
    lines += [f"- code: {', '.join(code)}"] if code else []
    lines += [f"- letters: {', '.join(map(_link, sorted(said)))}"] if said else []
    lines += _cases(cases)
    tests = tests_of(article, places)
    lines += [f"- tests: {', '.join(map(_link, tests))}"] if tests else []
    return "\n".join(lines)


def _named(article: str) -> str:
    path = article.removeprefix("assumption: ")
    return _link(path, Path(path).stem) if path != article else article


def _cases(cases: dict[str, list[str]]) -> list[str]:
    if not cases:
        return ["- **no case**"]
    count = sum(map(len, cases.values()))
    by_file = [
        f"{_link(f'tests/claims/law/{file}')}: {', '.join(f'`{each}`' for each in ids)}"
        for file, ids in cases.items()
    ]
    if count <= LONG:
        return [f"- cases: {'; '.join(by_file)}"]
    return [
        f"- <details><summary>{count} cases</summary>",
        "",
        *(f"  - {line}" for line in by_file),
        "",
        "  </details>",
    ]


def page() -> str:
    """The index as Markdown."""
    cited, counted, said = citations(), cases_of(), letters()
    blocks = [HEAD]
    for law, groups in sections().items():
        blocks.append(f"## {law}\n")
        for group, articles in groups.items():
            blocks += [f"### {group}\n"] if group else []
            for article in articles:
                known = cited.get(article, set()), counted.get(article, {}), said.get(article, set())
                blocks.append(f"{_entry(article, *known)}\n")
    return "\n".join(blocks)


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
