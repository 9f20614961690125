"""The mutants of the law: one small change each to `law/` or `claims/`, by the operators of cosmic-ray."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import parso
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names
from parso.python.tree import Keyword

ROOT = Path(__file__).parents[2]
PURE = (ROOT / "law", ROOT / "claims")
KEPT_COMPARISONS = (
    "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is",
    "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt",
)  # fmt: skip
KEPT_BINARY = (
    "Add_Sub", "Sub_Add", "Mul_Div", "Mul_Add", "Div_Mul", "FloorDiv_Mul", "FloorDiv_Mod", "Mod_FloorDiv",
    "Pow_Mul", "BitOr_BitAnd", "BitAnd_BitOr",
)  # fmt: skip
KEPT_UNARY = ("Delete_Not", "USub_UAdd")
KEPT_PAIRS = frozenset(
    {f"ReplaceComparisonOperator_{pair}" for pair in KEPT_COMPARISONS}
    | {f"ReplaceBinaryOperator_{pair}" for pair in KEPT_BINARY}
    | {f"ReplaceUnaryOperator_{pair}" for pair in KEPT_UNARY}
)
PAIRED = ("ReplaceComparisonOperator_", "ReplaceBinaryOperator_", "ReplaceUnaryOperator_")
Place = tuple[int, int]


@dataclass(frozen=True)
class Function:
    """A function as its code object is known: qualified name and first line, decorators included."""

    name: str
    first_line: int


@dataclass(frozen=True)
class Mutant:
    """A changed module; `function` is None where the change is outside the body of every function."""

    path: Path
    operator: str
    place: Place
    function: Function | None
    source: str

    @property
    def module(self) -> str:
        """Module, as `law.periods` or `claims.events.question`."""
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else Path(self.path.name)
        *folders, name = path.with_suffix("").parts
        return ".".join(folders if name == "__init__" else [*folders, name])

    @property
    def where(self) -> str:
        """Module and function, as `law.periods.day_of`."""
        return self.module if self.function is None else f"{self.module}.{self.function.name}"

    @property
    def line(self) -> tuple[str, str]:
        """The changed line before and after, spaces made even."""
        before, after = (_even(text) for text in (_source(self.path), self.source))
        if self.operator == "RemoveDecorator":
            return before[self.place[0] - 1], ""
        changed = next((pair for pair in zip(before, after, strict=False) if pair[0] != pair[1]), ("", ""))
        return changed


class Membership(Operator):  # type: ignore[misc] # cosmic-ray has no types
    """`in` becomes `not in`, which cosmic-ray leaves alone."""

    def mutation_positions(self, node: parso.tree.NodeOrLeaf) -> Iterator[tuple[Place, Place]]:
        """Every `in` of a comparison, not that of a loop."""
        word = node.value if isinstance(node, Keyword) else ""
        if word == "in" and node.parent is not None and node.parent.type == "comparison":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Keyword, index: int) -> Keyword:
        """The other word."""
        node.value = "not in"
        return node

    @classmethod
    def examples(cls) -> tuple[object, ...]:
        """None: cosmic-ray asks for them in its own tests."""
        return ()


def operators() -> Iterator[tuple[str, type[Operator]]]:
    """Those of cosmic-ray that need no arguments, and our own.

    A relation becomes its neighbour and its opposite, arithmetic another of the same type: the other pairs of
    cosmic-ray break the type, or change nothing (`is` for `==`).
    """
    for name in operator_names():
        short = name.partition("/")[2]
        if (not short.startswith(PAIRED) or short in KEPT_PAIRS) and not get_operator(name).arguments():
            yield short, get_operator(name)
    yield "Membership", Membership


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, each changed source once, in the order of the places."""
    source, seen = _source(path), {_source(path)}
    nodes, tree = list(ast_nodes(get_ast(source))), ast.parse(source)
    left_out, functions = list(_left_out(tree)), list(_functions(tree))
    found: list[Mutant] = []
    for name, operator in operators():
        places = (place for node in nodes for place, _ in operator().mutation_positions(node))
        for occurrence, place in enumerate(places):
            if any(first <= place < end for first, end in left_out):
                continue
            changed = MutationVisitor.mutate_code(source, operator(), occurrence)
            if changed is None or changed in seen or not _compiles(changed):
                continue
            seen.add(changed)
            inside = next((each for each, (first, end) in functions if first <= place < end), None)
            found.append(Mutant(path, name, place, inside, changed))
    yield from sorted(found, key=lambda mutant: (mutant.place, mutant.operator))


def _left_out(tree: ast.Module) -> Iterator[tuple[Place, Place]]:
    """Annotations, which only types read; assertions, which state what must be true; the size of a cache."""
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = [node] if isinstance(node, ast.Assert) else []
        if isinstance(node, ast.arg | ast.AnnAssign):
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef):
            parts += [
                node.returns,
                *(each for each in node.decorator_list if "lru_cache" in ast.unparse(each)),
            ]
        for part in parts:
            if isinstance(part, ast.stmt | ast.expr):
                (line, column), end = _span(part)
                # The sign of a decorator stands before its expression.
                yield (line, max(column - 1, 0)), end


def _functions(tree: ast.Module) -> Iterator[tuple[Function, tuple[Place, Place]]]:
    """Functions of the module and of its classes, with the span of their bodies."""
    for outer in tree.body:
        inside = outer.body if isinstance(outer, ast.ClassDef) else [outer]
        for node in inside:
            if isinstance(node, ast.FunctionDef):
                first_line = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                name = f"{outer.name}.{node.name}" if isinstance(outer, ast.ClassDef) else node.name
                yield Function(name, first_line), (_span(node.body[0])[0], _span(node)[1])


def _span(node: ast.stmt | ast.expr) -> tuple[Place, Place]:
    assert node.end_lineno is not None, "parsed from a file"
    assert node.end_col_offset is not None, "parsed from a file"
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _even(source: str) -> list[str]:
    return [" ".join(line.split()) for line in source.splitlines()]


@cache
def _source(path: Path) -> str:
    return path.read_text("utf-8")
