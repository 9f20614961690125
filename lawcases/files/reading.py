"""Files of law cases, read: every case that can be run, and one complaint for each fault of the others."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from law.limits import as_line
from lawcases.files.faults import faults_of
from lawcases.format.cases import KINDS, Case
from lawcases.strict_json import NoJson, Pointer, misread, named, parsed, shown, spelled

BYTES_MAX = 16 * 1024 * 1024
FIELDS = ("title", "source", "cases")


@dataclass(frozen=True)
class Found:
    """A case and the file it stands in."""

    file: str
    case: Case


@dataclass(frozen=True)
class Complaint:
    """One fault: the file, the case (empty of the file itself), where, what is wrong and what to do."""

    file: str
    case: str
    pointer: str
    says: str

    def __str__(self) -> str:
        case = f"case {self.case}" if self.case else ""
        return ": ".join(part for part in (self.file, case, self.pointer, self.says) if part)


class BadCases(Exception):
    """Files that cannot be read as cases; `complaints` has one line for each fault."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = [str(complaint) for complaint in complaints]
        super().__init__("; ".join(self.complaints))


@dataclass
class Reading:
    """What stands in files: the cases that can be run, and the complaints about everything else."""

    found: list[Found] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, file: str, says: str, at: Pointer = (), case: str = "") -> None:
        """One more complaint."""
        self.complaints.append(Complaint(file, case, spelled(at), says))

    def read(self, path: Path) -> None:
        """One file, or the *.json files that lie directly in a folder."""
        name = as_line(str(path), len(str(path)))
        try:
            files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        except OSError as error:
            self.complain(name, f"cannot be read: {error.strerror}: name a file or a folder of cases")
            return
        if not files:
            self.complain(
                name, "no *.json file in this folder: name the folder or the file that has the cases"
            )
        for file in files:
            self._read_file(file, as_line(str(file), len(str(file))))

    def _read_file(self, file: Path, name: str) -> None:
        try:
            with file.open("rb") as opened:
                content = opened.read(BYTES_MAX + 1)
        except OSError as error:
            self.complain(name, f"cannot be read: {error.strerror}: name a file of cases that you may read")
            return
        if len(content) > BYTES_MAX:
            self.complain(name, f"is larger than {BYTES_MAX} bytes: write the cases in several files")
            return
        self.take(content, name)

    def take(self, content: bytes, name: str) -> None:
        """The cases of one file, given what stands in it."""
        try:
            tree = parsed(content)
        except NoJson as fault:
            self.complain(name, str(fault))
            return
        whole_file = list(_faults_of_file(tree))
        for at, says in whole_file:
            self.complain(name, says, at)
        if whole_file or not isinstance(tree, dict):
            return
        for nth, raw in enumerate(tree["cases"]):
            self._take_case(raw, nth, name)

    def _take_case(self, raw: object, nth: int, name: str) -> None:
        id_ = _name_of(raw, nth)
        faults = list(misread(raw))
        if not faults:
            case, faults = _case(raw)
            if case is not None and case.id in self.files:
                faults = [(("id",), f"stands in {self.files[case.id]} too: give each case an id of its own")]
            elif case is not None:
                self.files[case.id] = name
                self.found.append(Found(name, case))
        for at, says in faults:
            self.complain(name, says, ("cases", nth, *at), id_)


def read_all(paths: Iterable[Path]) -> Reading:
    """The cases of files, and of the *.json files that lie directly in folders, with every complaint."""
    reading = Reading()
    for path in paths:
        reading.read(path)
    return reading


def read_paths(paths: Iterable[Path]) -> list[Found]:
    """The cases of files and folders; raises BadCases."""
    return _without_complaint(read_all(paths))


def read_text(text: str, name: str) -> list[Found]:
    """The cases of one file, given its text; raises BadCases."""
    reading = Reading()
    reading.take(text.encode("utf-8", "surrogatepass"), name)
    return _without_complaint(reading)


def _without_complaint(reading: Reading) -> list[Found]:
    if reading.complaints:
        raise BadCases(reading.complaints)
    return reading.found


def _faults_of_file(tree: object) -> Iterator[tuple[Pointer, str]]:
    if not isinstance(tree, dict):
        yield (), "is no object: a file of cases has title, source and cases"
        return
    wrong = dict(misread({name: value for name, value in tree.items() if not isinstance(value, list)}))
    yield from wrong.items()
    for name in ("title", "source"):
        if (name,) not in wrong and (not isinstance(tree.get(name), str) or not tree[name]):
            yield (name,), "a text is needed: say what the cases are about, or which texts they rest on"
    if ("cases",) not in wrong and (not isinstance(tree.get("cases"), list) or not tree["cases"]):
        yield ("cases",), "a list with at least one case is needed"
    for name in sorted(tree.keys() - FIELDS):
        yield (name,), f"is no field of a file: it has {', '.join(FIELDS)}"


def _name_of(raw: object, nth: int) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    return named(given) if isinstance(given, str) and given else f"number {nth + 1}"


def _case(raw: object) -> tuple[Case | None, list[tuple[Pointer, str]]]:
    if not isinstance(raw, dict):
        return None, [
            ((), f"{shown(raw)} is no object: a case has id, title, article, known, ask and expect")
        ]
    ask = raw.get("ask")
    if not isinstance(ask, dict):
        return None, [(("ask",), 'an object is needed that names its question, as {"what": "claim"}')]
    what = ask.get("what")
    if not isinstance(what, str) or what not in KINDS:
        return None, [(("ask", "what"), f"{shown(what)} is not one of {', '.join(KINDS)}: write one of them")]
    try:
        case: Case = KINDS[what].validate_json(json.dumps(raw))
    except ValidationError as invalid:
        return None, list(faults_of(invalid, raw))
    return case, []
