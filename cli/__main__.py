"""`jkp`: the one command line. Commands are loaded when they are asked for."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper

from cyclopts import App

from cli.problems import DONE, INTERRUPTED, problem_of, shown, tell
from cli.sandboxes import ASKING, surroundings, without_choice
from settings.reading import meant, misspelled
from worker.ending import end_process

NOBODY_READS = 141

COMMANDS = {
    "cli.run:run": "Start every part on this machine and play the main job.\n\n"
    "Stays up until Ctrl-C unless told to end. Exit code 0 if every check held, 1 if one did not, 2 if a "
    "part could not be started, 130 if interrupted.",
    "cli.officers.claim:claim": "One claim: show it, say something to it as an officer, wake it, "
    "decide it again.",
    "cli.operations.stuck:stuck": "List what stands still, and what to do about it.\n\n"
    "Looks twice where the first look finds something, and lists what both looks found. Exit code 1 when "
    "something is stuck.",
    "cli.operations.payments:payments": "Payment orders: list them, stop all payments, resume them.",
    "cli.operations.rebuild:rebuild": "Rebuild Temporal from the streams.\n\n"
    "Every claim not finished and every transfer of open outcome gets its run; one that is open is only "
    "woken. Safe at any time and as often as you like.",
    "cli.bench:bench": "Measure the engine beside its yardsticks; about seven minutes.\n\n"
    "Exit code 0 when it ran, whether or not the goals were met.",
    "cli.database.schema_and_clock:migrate": "Apply the migrations that the database lacks, and load the "
    "calendar.\n\n"
    "Connects as PGUSER, who must own the tables; the other commands run as the role jkp_app.",
    "cli.estimates:estimate": "Estimate the six months of a claim from a wage and two days.\n\n"
    "Exit code 1 when a condition fails or a person decides, 2 for input that is wrong.",
    "cli.estimates:check": "Check the conditions of a claim before there is one.\n\n"
    "Exit code 1 when one is not met or a person decides, 2 for input that is wrong.",
    "cli.law:law": "The law as tests: run cases of the law against the engine.",
    "cli.operations.calendar:calendar": "Calendars: list and show them, load a decree, see whom a change "
    "affects.",
    "cli.database.worlds:database": "Which world a database is of, and by which key its people are found.",
    "cli.operations.env:env": "Print where the parts of a running sandbox are, as lines for a shell.",
    "cli.operations.temporal:temporal": "Temporal's own command line, on the engine's Temporal.",
    "cli.database.schema_and_clock:clock": "The programme clock: show it, set it, move a stepped one.",
}

app = App(
    name="jkp",
    version=version("jkp-claims-engine"),
    help="Claims engine of Indonesia's job-loss insurance (Jaminan Kehilangan Pekerjaan). "
    "`jkp run` starts a whole world on this machine and plays claims in it; the other commands are "
    "for operators, on the database and the Temporal that PG* and TEMPORAL_* name; where none is set, on the "
    "one sandbox that runs. --sandbox [FOLDER] chooses a sandbox with any of them.",
    result_action="return_value",
)
for command, purpose in COMMANDS.items():
    app.command(command, help=purpose)


def answer(words: Sequence[str]) -> int:
    """Run one command to its exit code; whatever ends it otherwise is one line on standard error.

    With --json it is also the document {"problem": ...} on standard output.
    """
    try:
        rest, choice = without_choice(words)
        command, given, _ = app.parse_args(rest, exit_on_error=False, print_error=False)
        asks = command.__module__.startswith("cli") and rest[0] in ASKING
        with surroundings(rest[0] if asks else "", choice):
            outcome = command(*given.args, **given.kwargs)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return tell(problem_of(error), as_json="--json" in words)
    return outcome if isinstance(outcome, int) else DONE


def main() -> None:
    """Run the command that was typed and end the process with its exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    for name, close in misspelled().items():
        print(f"jkp: no such setting: {shown(meant(name, close))}", file=sys.stderr)
    end_process(answer(sys.argv[1:]))


if __name__ == "__main__":
    main()
