"""`jkp env`: where the parts of a sandbox are, as lines for a shell."""

import os
import shlex

from cli.problems import DONE
from cli.sandboxes import CONNECTING


def env() -> int:
    """Print the settings of a running sandbox as shell lines: eval "$(jkp env)"."""
    for name in CONNECTING:
        if os.environ.get(name):
            print(f"export {name}={shlex.quote(os.environ[name])}")
        else:
            print(f"unset {name}")
    return DONE
