"""The real-time terms of production and of the sandbox."""

from dataclasses import dataclass
from datetime import timedelta


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
    http_total=timedelta(seconds=4),
    transfer=timedelta(seconds=10),
    sending_lease=timedelta(seconds=18),
    relay_lease=timedelta(seconds=1),
    sweep_every=timedelta(seconds=1),
    sweep_first=timedelta(seconds=2),
    sticky_timeout=timedelta(seconds=1),
)
