"""What the bank will recompute: the bytes, the string to sign, both signatures."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from activities.bank.snap.signing import (
    Credentials,
    body_bytes,
    request_signature,
    string_to_sign,
    timestamp,
    token_signature,
)

TRANSFER = {
    "partnerReferenceNo": "JKP0000000000010101A",
    "amount": {"value": "3000000.00", "currency": "IDR"},
    "beneficiaryAccountName": "SITI NURHALIZA",
    "beneficiaryAccountNo": "1234567890",
    "beneficiaryBankCode": "CENAIDJA",
    "sourceAccountNo": "0987654321",
    "transactionDate": "2026-11-23T09:00:00+07:00",
    "feeType": "OUR",
    "additionalInfo": {"transferType": "2", "purposeCode": "99"},
}
SIGNED = (
    "POST:/openapi/v2.0/transfer-interbank:contoh-token:"
    "710067da7328f185a8c2c4885fecfc6feec7b7e0df06c431b12e5680d3810e1a:2026-11-23T09:00:00+07:00"
)
SIGNATURE = "T6Wb1oYaq2JQSXSBVYIlnPdO9M5zj0JJ/5iGO0A6p4vB3p5qS/sNBjsT2ueeIpRdrHqafAmWLuvGIyoYtKPXlg=="
WIB = timezone(timedelta(hours=7))
NINE_WIB = datetime(2026, 11, 23, 9, 0, 0, tzinfo=WIB)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def test_the_known_transfer_gives_the_known_string_to_sign() -> None:
    text = string_to_sign(
        "POST",
        "/openapi/v2.0/transfer-interbank",
        "contoh-token",
        body_bytes(TRANSFER),
        "2026-11-23T09:00:00+07:00",
    )
    assert text == SIGNED


def test_the_known_string_gives_the_known_signature() -> None:
    assert request_signature("contoh-rahasia", SIGNED, "base64") == SIGNATURE


def test_a_bank_that_wants_hex_gets_the_same_signature_in_lower_case_hex() -> None:
    assert request_signature("contoh-rahasia", SIGNED, "hex") == b64decode(SIGNATURE).hex()


def test_an_empty_body_is_signed_by_the_hash_of_nothing() -> None:
    assert string_to_sign("GET", "/a?b=c", "t", b"", "s") == (
        "GET:/a?b=c:t:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855:s"
    )


def test_spaces_inside_a_name_survive_and_those_between_fields_do_not() -> None:
    name = "SITI  NUR'AINI é"
    assert body_bytes({"name": name, "no": 1}) == b'{"name":"SITI  NUR\'AINI \xc3\xa9","no":1}'


def test_the_token_signature_is_pkcs1_v15_over_client_and_time(key: rsa.RSAPrivateKey) -> None:
    signature = token_signature(key, "jkp", "2026-11-23T09:00:00+07:00", "base64")
    text = b"jkp|2026-11-23T09:00:00+07:00"
    key.public_key().verify(b64decode(signature), text, padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        key.public_key().verify(b64decode(signature), text + b"x", padding.PKCS1v15(), hashes.SHA256())


def test_the_token_signature_in_hex(key: rsa.RSAPrivateKey) -> None:
    in_base64 = token_signature(key, "jkp", "t", "base64")
    assert token_signature(key, "jkp", "t", "hex") == b64decode(in_base64).hex()


def test_timestamps_in_jakarta_time_have_25_characters() -> None:
    assert timestamp(datetime(2026, 11, 23, 2, 0, 0, 999_999, UTC), "wib") == "2026-11-23T09:00:00+07:00"


def test_timestamps_in_utc_end_in_z() -> None:
    assert timestamp(NINE_WIB, "utc") == "2026-11-23T02:00:00Z"


def test_a_timestamp_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        timestamp(datetime(2026, 11, 23, 9), "wib")  # noqa: DTZ001 - the naive one is the point


def test_credentials_come_from_a_pem_key_and_never_print(key: rsa.RSAPrivateKey) -> None:
    credentials = Credentials.from_pem("contoh-rahasia", _pem(key))
    assert credentials.private_key.private_numbers() == key.private_numbers()
    assert repr(credentials) == "Credentials()"


def test_only_an_rsa_key_will_do() -> None:
    with pytest.raises(ValueError, match="must be RSA"):
        Credentials.from_pem("s", _pem(ec.generate_private_key(ec.SECP256R1())))


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
