"""Mutants against the tests of the law: one process imports and collects, and forks for each mutant.

A change inside a function replaces its code in the fork, which then runs the tests that reach the function,
quickest first. Any other change (a number of the rules, a default, a decorator) imports everything anew.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Literal

import pytest
from _pytest.runner import runtestprotocol

from .mutants import PURE, ROOT, Function, Mutant

# The letters of whole lives need no database, and say what `notices` and `words` are for.
LETTERS = ("letters", "letter_hearings", "letter_reading")
TESTS = [
    *("tests/law", "tests/lawcases", "tests/claims"),
    *(f"tests/activities/mail/test_{name}.py" for name in LETTERS),
]
# They import little and find most.
FIRST_ASKED = [
    *(f"tests/claims/entitlement/test_{name}.py" for name in ("eligibility", "contributions", "amounts")),
    "tests/claims/deciding/test_payments.py",
]
LAW_FILES = tuple(f"{folder}{os.sep}" for folder in PURE)
PACKAGES = ("law", "claims", "store", "activities", "workflows", "worker", "api", "cli", "sandbox", "tests")
OURS = tuple(f"{ROOT / name}{os.sep}" for name in PACKAGES)
MEMORY_BYTES = 2 << 30
SECONDS_TO_IMPORT, SECONDS_OF_A_TEST, TIMES_SLOWER = 20, 1, 5

Fate = Literal["killed", "survived", "no tests"]
Code = tuple[str, str, int]


@dataclass(frozen=True)
class Tried:
    """A mutant, what became of it, and how long that took."""

    mutant: Mutant
    fate: Fate
    seconds: float


class Trial:
    """A pytest plugin that, instead of running the tests once, runs them against every mutant."""

    def __init__(
        self, mutants: Sequence[Mutant], options: Sequence[str], tell: Callable[[Tried], None]
    ) -> None:
        self.mutants, self.options, self.tell = mutants, options, tell
        self.baseline_failed: list[str] = []
        self._reaching: dict[Code, list[pytest.Item]] = defaultdict(list)
        self._seconds: dict[str, float] = {}
        self._functions: dict[Code, list[FunctionType]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every test once as it is, then the mutants."""
        self._functions = _functions_of_the_law()
        for item in session.items:
            self._measure(item)
        if not self.baseline_failed:
            gc.collect()
            gc.freeze()
            for mutant in self.mutants:
                self.tell(self._try(mutant))
        return True

    def _measure(self, item: pytest.Item) -> None:
        """Run a test, and note which functions of the law it reaches."""
        reached: set[Code] = set()

        def note(frame: FrameType, event: str, argument: object) -> None:
            code = frame.f_code
            if code.co_filename.startswith(LAW_FILES):
                reached.add(_known_as(code))

        _forget_cached()
        began = time.perf_counter()
        sys.settrace(note)
        try:
            passed = _passes(item)
        finally:
            sys.settrace(None)
        self._seconds[item.nodeid] = time.perf_counter() - began
        if not passed:
            self.baseline_failed.append(item.nodeid)
        for code in reached:
            self._reaching[code].append(item)

    def _try(self, mutant: Mutant) -> Tried:
        began = time.monotonic()
        fate: Fate
        if mutant.function is None:
            fate = "survived" if _forked(lambda: self._anew(mutant)) else "killed"
            return Tried(mutant, fate, time.monotonic() - began)
        code = _code_named(mutant, mutant.function)
        items = sorted(self._reaching[code], key=lambda item: self._seconds[item.nodeid])
        if not items:
            return Tried(mutant, "no tests", 0.0)
        fate = "survived" if _forked(lambda: self._patched(mutant, code, items)) else "killed"
        return Tried(mutant, fate, time.monotonic() - began)

    def _patched(self, mutant: Mutant, code: Code, items: Sequence[pytest.Item]) -> bool:
        """In a fork: the changed code in place of the function's, and the tests that reach it."""
        changed = next(each for each in _codes(_compiled(mutant)) if _known_as(each) == code)
        for function in self._functions[code]:
            function.__code__ = changed
        _forget_cached()
        for item in items:
            _at_most(SECONDS_OF_A_TEST + TIMES_SLOWER * self._seconds[item.nodeid])
            if not _passes(item):
                return False
        return True

    def _anew(self, mutant: Mutant) -> bool:
        """In a fork: the changed module imported in place of its own, and every test until one fails."""
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(OURS):
                del sys.modules[name]
        sys.meta_path.insert(0, _InsteadOf(mutant))
        _at_most(SECONDS_TO_IMPORT + TIMES_SLOWER * sum(self._seconds.values()))
        rounds = (FIRST_ASKED, TESTS)
        return all(pytest.main([*files, *self.options, "-x"]) == 0 for files in rounds)


class _InsteadOf(MetaPathFinder, Loader):
    """Finds the changed module under the name of the one it was."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._mutant = mutant.module, mutant

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        path, package = self._mutant.path, self._mutant.path.stem == "__init__"
        spec = spec_from_loader(name, self, origin=str(path), is_package=package)
        if spec is not None and package:
            spec.submodule_search_locations = [str(path.parent)]
        return spec

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(self._mutant.path)
        exec(_compiled(self._mutant), module.__dict__)


def _at_most(seconds: float) -> None:
    """From now on so much processor time: then the process is ended."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _forked(work: Callable[[], bool]) -> bool:
    """Whether the work holds in a process of its own; one that hangs or grows without end does not."""
    child = os.fork()
    if child == 0:
        held = False
        try:
            _silence()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
            held = work()
        finally:
            os._exit(0 if held else 1)
    _, status = os.waitpid(child, 0)
    return status == 0


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)


def _passes(item: pytest.Item) -> bool:
    return all(not report.failed for report in runtestprotocol(item, nextitem=None, log=False))


def _compiled(mutant: Mutant) -> CodeType:
    return compile(mutant.source, str(mutant.path), "exec")


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _known_as(code: CodeType) -> Code:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _code_named(mutant: Mutant, function: Function) -> Code:
    return str(mutant.path), function.name, function.first_line


def _functions_of_the_law() -> dict[Code, list[FunctionType]]:
    """Every function by its code, also where no name leads to it."""
    found: dict[Code, list[FunctionType]] = defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename.startswith(LAW_FILES):
            found[_known_as(thing.__code__)].append(thing)
    return found


def _forget_cached() -> None:
    """Also what the tests keep: a life played once would hide what the law has become."""
    for module in list(sys.modules.values()):
        if (getattr(module, "__file__", None) or "").startswith(OURS):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()
