"""Identities: UUIDv7 made here, and random payment references."""

import secrets
import string
from uuid import UUID

from uuid_utils.compat import uuid7

REFERENCE_LENGTH = 20
REFERENCE_ALPHABET = string.ascii_uppercase + string.digits


def new_id() -> UUID:
    """A UUIDv7: sortable by the time it was made."""
    return UUID(bytes=uuid7().bytes)


def new_reference() -> str:
    """A payment reference: 20 upper-case letters and digits, drawn at random.

    Drawn, not counted: a sequence restored from a backup would use a number twice.
    """
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))
