"""`python -m sandbox.parties.bpjs`: BPJS Ketenagakerjaan as a process of its own."""

import argparse
from pathlib import Path

from sandbox.parties.bank.serving import serve
from sandbox.parties.bpjs.app import Bpjs, application
from sandbox.parties.bpjs.shelf import Shelf


def main() -> None:
    """Serve until asked to stop."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.parties.bpjs", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--db", type=Path, required=True, help="SQLite file, made if missing")
    parser.add_argument("--token", required=True, help="the bearer token that inquiries must carry")
    options = parser.parse_args()
    serve(application(Bpjs(Shelf(options.db), options.token)), options.port, "bpjs ready on")


if __name__ == "__main__":
    main()
