"""The secrets of a sandbox world: made once, kept in its folder, worth nothing elsewhere."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


@dataclass(frozen=True)
class Keys:
    """Where the keys lie, and the short ones themselves."""

    private_key_file: Path
    public_key_file: Path
    client_secret_file: Path
    client_secret: str = field(repr=False)
    bpjs_token: str = field(repr=False)
    lookup_key: str = field(repr=False)


def world_keys(folder: Path) -> Keys:
    """The keys of a world, made where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    private, public = folder / "bank-private.pem", folder / "bank-public.pem"
    if not private.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public.write_bytes(
            key.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        private.chmod(0o600)
    return Keys(
        private_key_file=private,
        public_key_file=public,
        client_secret_file=folder / "bank-client-secret",
        client_secret=_kept(folder / "bank-client-secret"),
        bpjs_token=_kept(folder / "bpjs-token"),
        lookup_key=_kept(folder / "lookup-key"),
    )


def _kept(file: Path) -> str:
    if not file.exists():
        file.write_text(secrets.token_hex(32))
        file.chmod(0o600)
    return file.read_text()
