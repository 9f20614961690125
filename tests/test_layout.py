"""The architecture: what is packed, how large its rooms are, and what no file may name."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = (
    *("law", "payments", "settings", "claims", "lawcases", "store", "activities", "workflows"),
    *("worker", "api", "cli", "sandbox"),
)
BANNED = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service"}
LONGEST_FUNCTION, LONGEST_MODULE, MODULES_OF_A_FOLDER = 60, 400, 14
# Written apart, so that this file does not name what it looks for.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("sum", "golang", "org"),
        ("docker", "io"),
    )
]
TEMPLATE = "activities/mail/letters/templates/claim_approved.id.txt.jinja"
ELSEWHERE = """
import importlib, sys
from pathlib import Path
for name in {packages!r}:
    module = importlib.import_module(name)
    assert Path(module.__file__).is_relative_to({unpacked!r}), module.__file__
from activities.mail.letters.rendering import ENVIRONMENTS
from store.process.migrations import migration_files
assert ENVIRONMENTS["id"].get_template("claim_approved.id.txt.jinja")
print([name for name, sql in migration_files() if "create table" in sql])
"""


def modules() -> list[Path]:
    """Of the packages and of their tests."""
    return [path for folder in (*PACKAGES, "tests") for path in sorted((ROOT / folder).rglob("*.py"))]


def tracked() -> list[Path]:
    """The files of the repository."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


SEARCHED = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def uv() -> str:
    """The uv beside our Python, or on the PATH."""
    found = shutil.which("uv", path=SEARCHED)
    assert found is not None, "uv is in .venv once sandbox/bootstrap.sh has run"
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the locked backend without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [uv(), "build", "--wheel", "--offline", "--no-build-isolation", "--python", sys.executable,
         "--out-dir", str(folder), str(ROOT)],
        env=os.environ | {"PATH": SEARCHED}, capture_output=True, text=True,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.mark.parametrize("package", PACKAGES)
def test_no_installed_distribution_owns_one_of_our_names(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"jkp-claims-engine"}


def test_the_wheel_holds_the_nine_packages_and_every_file_they_read(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())

    assert {name.split("/")[0] for name in packed if ".dist-info/" not in name} == set(PACKAGES)
    read = {
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.relative_to(ROOT).parts[0] in PACKAGES and path.suffix != ".sh"
    }
    assert {TEMPLATE, "store/schema/0001_initial.sql", "sandbox/world/people.csv"} <= read
    assert read - packed == set()


def test_the_packages_work_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)

    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE.format(packages=PACKAGES, unpacked=str(unpacked))],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(unpacked)}, capture_output=True, text=True,
    )  # fmt: skip

    assert told.returncode == 0, told.stderr
    assert "0001_initial.sql" in told.stdout


def test_every_package_is_there() -> None:
    assert [name for name in PACKAGES if not (ROOT / name / "__init__.py").is_file()] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_is_longer_than_a_sitting() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in modules()
        if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE
    ]
    assert long == []


def test_no_folder_has_more_modules_than_a_reader_can_keep_in_mind() -> None:
    counted = Counter(path.parent for path in modules() if path.stem != "__init__")
    full = {str(folder.relative_to(ROOT)): n for folder, n in counted.items() if n > MODULES_OF_A_FOLDER}
    assert full == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = {str(path.relative_to(ROOT)) for path in modules() if {path.stem, *path.parent.parts} & BANNED}
    assert named == set()


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hosts = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
    naming = [str(path.relative_to(ROOT)) for path in tracked() if hosts.search(path.read_bytes())]
    assert naming == []
