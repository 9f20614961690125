"""No argument of any command ends in a traceback: it is understood, or refused and not repeated."""

import asyncio
from collections.abc import Iterator

import pytest
from cyclopts import App
from support.store_world import StoreWorld

from cli.__main__ import answer, app

NIK = "3171011203850001"
NASTY = (
    *(
        "",
        " ",
        "-",
        "--",
        "---",
        "-x",
        "--x=y",
        "-5",
        "+5",
        "0x10",
        "1e6",
        "1e999",
        "nan",
        "inf",
        "6,5",
        "6.50",
    ),
    *("1_000", "99999999999999999999", "9" * 5000, "31.01.2025", "2025-02-30", "01/02/2025", "9999-12-31"),
    *("null", "none", "true", "[1]", '{"a": 1}', "\udcff", "a\x1b[31m", "a\nb", "\u202e", "👍" * 300, NIK),
    *("/", "/dev/null", "/nowhere/at all", "claim/", "$(id)", "[red]", "%s{0}", "@/etc/passwd"),
)
SHARES = 24
"""Each argument is given a few of them here, and all where its kind is read (test_arguments.py)."""
GUARDED = {"run": "--speed=nan", "bench": "--only=nothing"}
"""What keeps a command that would start a whole world from its work, whatever else it is given."""
EXAMPLES = {
    "env": "",
    "temporal": "env list",
    "run": "--exit --report=r.json --data=d --speed=1 --postgres=x --stepped",
    "bench": "--json=f.json --only=law",
    "claim show": "ID --json",
    "claim wake": "ID",
    "claim questions": "ID --json",
    "claim decide": "ID --approve --reason=x --question=1 --payer=bpjs --by=a",
    "claim put-right": "ID refusal --reason=x --month=1 --founded --payer=bpjs --by=a",
    "claim ask-documents": "ID wage_slip --by=a",
    "claim recheck": "ID --reason=x --by=a",
    "claim person-data": "ID --version=2 --adopt --reason=x --by=a",
    "claim acknowledge": "ID",
    "claim resend": "ID --reason=relay_refuses",
    "claim true-wage": "ID --idr=5.000.000 --reference=x --by=a",
    "claim replay": "ID --json --all",
    "stuck": "--json --late=1 --sending=1 --most=1 --pause=0",
    "payments stop": "--reason=x --by=a",
    "payments resume": "",
    "payments list": "--claim=ID --all --json",
    "rebuild": "--dry-run",
    "migrate": "",
    "estimate": "--wage=5000000 --laid-off-on=2025-02-03 --filed-on=2025-02-10 --decided-on=2025-02-11 "
    "--reason=efficiency --json",
    "check": "FILE --json --example",
    "law check": "FILE --json",
    "law schema": "",
    "calendar load": "FILE --version=x",
    "calendar versions": "--json",
    "calendar show": "--version=x --year=2025 --json",
    "calendar diff": "A B --json",
    "calendar affected": "A B --json",
    "calendar tell": "A B",
    "database init": "--world=test",
    "database show": "",
    "clock show": "",
    "clock set": "--speed=0 --at=2025-02-10",
    "clock advance": "--days=1 --to=2025-02-10 --to-next --wait=0",
}


def leaves(of: App, *before: str) -> Iterator[tuple[str, App]]:
    """Every command that does something, by the words that call it."""
    if of.default_command is not None and before:
        yield " ".join(before), of
    for name in of:
        if not name.startswith("-"):
            yield from leaves(of[name], *before, name)


def lines(command: str) -> Iterator[list[str]]:
    """The command with nasty values in the place of each argument, and as one word more."""
    called = [*command.split(), *filter(None, [GUARDED.get(command)])]
    example = EXAMPLES[command].split()
    for nasty in (*NASTY[:3], "\udcff"):
        yield [*called, *example, nasty]
    for place, word in enumerate(example):
        name, is_option, _ = word.partition("=")
        for nasty in (*NASTY[place % SHARES :: SHARES], "\udcff", NIK):
            given = f"{name}={nasty}" if is_option else nasty
            yield [*called, *example[:place], given, *example[place + 1 :]]


def test_the_examples_name_every_argument_of_every_command() -> None:
    commands = dict(leaves(app))
    assert set(commands) == set(EXAMPLES)
    for command, leaf in commands.items():
        for argument in leaf.assemble_argument_collection():
            written = EXAMPLES[command].split()
            named = {word.partition("=")[0] for word in written}
            positional = [word for word in written if not word.startswith("-")]
            assert set(argument.names) & named or positional, f"{command} {argument.name}"


@pytest.fixture
async def claim_id(world: StoreWorld, monkeypatch: pytest.MonkeyPatch) -> str:
    """A claim of a database, and a Temporal that nobody needs to ask."""
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")
    return str((await world.referred()).stream_id)


async def test_no_argument_ends_in_a_traceback(claim_id: str, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (words for command in EXAMPLES for words in lines(command)):
        typed = [claim_id if word == "ID" else word.replace("=ID", f"={claim_id}") for word in words]

        code = await asyncio.to_thread(answer, typed)

        said, complained = capfd.readouterr()
        assert code in (0, 1, 2), (words, complained)
        assert "Traceback" not in said + complained, words
        if words[0] == "temporal":
            continue  # what it says is Temporal's own
        assert NIK not in complained, words
        assert all(line.startswith("jkp: ") for line in complained.splitlines()), (words, complained)
        assert code != 2 or complained, words
