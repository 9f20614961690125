"""The settings of the worker process; everything else is read by the libraries that own it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


class SettingMissing(RuntimeError):
    """A setting is missing; the message names it and says what it is for."""


@dataclass(frozen=True)
class Pace:
    """The real-time terms, whose order is fixed: HTTP total < activity < sending lease (R5).

    `relay_lease` is how long a signal counts as under way; `sweep_every` and `sweep_first` are the sweep's.
    """

    http_total: timedelta = timedelta(seconds=20)
    transfer: timedelta = timedelta(seconds=45)
    sending_lease: timedelta = timedelta(minutes=5)
    relay_lease: timedelta = timedelta(seconds=30)
    sweep_every: timedelta = timedelta(seconds=30)
    sweep_first: timedelta = timedelta(minutes=2)
    sticky_timeout: timedelta = timedelta(seconds=10)

    def __post_init__(self) -> None:
        assert self.http_total < self.transfer < self.sending_lease, "deadlines nest (R5)"


SANDBOX_PACE = Pace(
    http_total=timedelta(seconds=5),
    transfer=timedelta(seconds=15),
    sending_lease=timedelta(seconds=30),
    relay_lease=timedelta(seconds=1),
    sweep_every=timedelta(seconds=1),
    sweep_first=timedelta(seconds=2),
    sticky_timeout=timedelta(seconds=1),
)


@dataclass(frozen=True)
class Settings:
    """Where the outside parties are, and the keys."""

    bank_url: str
    bank_client_id: str
    bank_client_secret: str = field(repr=False)
    bank_private_key: bytes = field(repr=False)
    bpjs_url: str = ""
    bpjs_token: str = field(repr=False, default="")
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    lookup_key: bytes = field(repr=False, default=b"")
    pace: Pace = Pace()
    task_queue: str = "claims"
    port: int = 0
    metrics_port: int = 0


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings from the environment; raises SettingMissing."""

    def needed(name: str, purpose: str) -> str:
        value = environment.get(name, "")
        if not value:
            raise SettingMissing(f"{name} is not set: {purpose}")
        return value

    return Settings(
        bank_url=needed("JKP_BANK_URL", "the SNAP service of the bank"),
        bank_client_id=needed("JKP_BANK_CLIENT_ID", "our client id at the bank"),
        bank_client_secret=needed("JKP_BANK_CLIENT_SECRET", "our client secret at the bank"),
        bank_private_key=Path(needed("JKP_BANK_PRIVATE_KEY_FILE", "PEM file of our key")).read_bytes(),
        bpjs_url=needed("JKP_BPJS_URL", "the service of BPJS Ketenagakerjaan"),
        bpjs_token=needed("JKP_BPJS_TOKEN", "our token at BPJS Ketenagakerjaan"),
        smtp_host=needed("JKP_SMTP_HOST", "the mail relay"),
        smtp_port=int(needed("JKP_SMTP_PORT", "the port of the mail relay")),
        lookup_key=bytes.fromhex(needed("JKP_LOOKUP_KEY", "key of the look-up of people, hexadecimal")),
        pace=SANDBOX_PACE if environment.get("JKP_PROFILE") == "sandbox" else Pace(),
        task_queue=environment.get("JKP_TASK_QUEUE", "claims"),
        port=int(environment.get("JKP_WORKER_PORT", "0")),
        metrics_port=int(environment.get("JKP_METRICS_PORT", "0")),
    )
