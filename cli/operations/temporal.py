"""`jkp temporal`: Temporal's own command line, with the address and the namespace of the engine."""

import subprocess
import sys
from typing import Annotated

from cyclopts import App, Parameter

from cli.problems import Unreachable
from sandbox.servers.temporal_cli import TemporalNotFoundError, find_temporal
from settings.parts import Temporal
from settings.reading import read

temporal = App(name="temporal", help="Temporal's own command line.", help_flags=[], version_flags=[])


@temporal.default
def pass_on(*words: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> int:
    """Run it on the Temporal that TEMPORAL_* name; its exit code is Temporal's own."""
    read(Temporal)
    try:
        program = find_temporal(lambda line: print(f"jkp: {line}", file=sys.stderr))
    except TemporalNotFoundError as missing:
        raise Unreachable(*str(missing).splitlines()) from None
    return subprocess.run([program, *words]).returncode  # noqa: S603 - the words are the operator's own
