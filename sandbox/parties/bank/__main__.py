"""`python -m sandbox.parties.bank`: the bank as a process of its own."""

import argparse
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from sandbox.parties.bank.app import Bank, Customer, Pace, application
from sandbox.parties.bank.ledger import Ledger
from sandbox.parties.bank.serving import serve
from sandbox.parties.programme_time import clock_for


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox.parties.bank", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--db", type=Path, required=True, help="SQLite file, made if missing")
    parser.add_argument("--client-id", required=True)
    parser.add_argument("--client-secret-file", type=Path, required=True)
    parser.add_argument("--public-key-file", type=Path, required=True, help="the customer's RSA key, PEM")
    parser.add_argument("--no-clock", action="store_true", help="real time instead of the programme clock")
    parser.add_argument("--source-account", default="0987654321")
    parser.add_argument("--opening-balance", type=int, default=1_000_000_000_000, help="whole rupiah")
    parser.add_argument("--lost-answer-hold", type=float, default=6.0, help="real seconds")
    parser.add_argument("--a-while", type=float, default=3.0, help="real seconds")
    return parser.parse_args()


def _customer(options: argparse.Namespace) -> Customer:
    key = load_pem_public_key(options.public_key_file.read_bytes())
    if not isinstance(key, RSAPublicKey):
        raise SystemExit("the public key is no RSA key")
    return Customer(options.client_id, options.client_secret_file.read_text().strip(), key)


def main() -> None:
    """Serve until asked to stop."""
    options = _options()
    ledger = Ledger(options.db, options.source_account, options.opening_balance)
    pace = Pace(options.lost_answer_hold, options.a_while)
    bank = Bank(ledger, _customer(options), clock_for(options.no_clock), pace)
    serve(application(bank), options.port, "bank ready on")


if __name__ == "__main__":
    main()
