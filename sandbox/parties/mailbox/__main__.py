"""`python -m sandbox.parties.mailbox`: the mailbox as a process of its own."""

import argparse
from pathlib import Path

from sandbox.parties.bank.serving import serve
from sandbox.parties.mailbox.app import Mailbox, application
from sandbox.parties.mailbox.letters import Letters


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.parties.mailbox", description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--port", type=int, required=True, help="HTTP")
    parser.add_argument("--db", type=Path, required=True, help="SQLite file, made if missing")
    options = parser.parse_args()
    mailbox = Mailbox(Letters(options.db), options.smtp_port)
    serve(application(mailbox), options.port, f"mailbox ready: smtp 127.0.0.1:{options.smtp_port},")


if __name__ == "__main__":
    main()
