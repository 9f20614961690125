"""What the tests of the SNAP client send, and by which keys."""

import ssl
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import rsa

from activities.bank.snap.client import TransferRequest
from activities.bank.snap.exchange import boot_time
from activities.bank.snap.signing import Credentials

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CREDENTIALS = Credentials("contoh-rahasia", KEY)
TLS = ssl.create_default_context()
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
REFERENCE = "JKP0000000000010101A"
EXTERNAL = "20261123000000000001"
TOKEN_PATH = "/openapi/v1.0/access-token/b2b"
TRANSFER_PATH = "/openapi/v1.0/transfer-interbank"
STATUS_PATH = "/openapi/v1.0/transfer/status"
STATEMENT_PATH = "/openapi/v1.0/bank-statement"


def request(account: str = "1230000200", /, **changed: object) -> TransferRequest:
    fields: dict[str, object] = {
        "reference": REFERENCE,
        "external_id": EXTERNAL,
        "amount_idr": 3_000_000,
        "account_number": account,
        "account_name": "SITI NURHALIZA",
        "bank_code": "CENAIDJA",
        "transaction_at": MONDAY,
    }
    return TransferRequest(**(fields | changed))  # type: ignore[arg-type]


def soon() -> float:
    return boot_time() + 60
