"""The settings of each process, whole: the part named last is read first."""

from settings.parts import (
    Bank,
    Bpjs,
    Defects,
    HttpApi,
    Log,
    Mail,
    Part,
    People,
    Postgres,
    Surroundings,
    Temporal,
    WorkersPlace,
    World,
)


class WorkerSettings(Log, WorkersPlace, People, Mail, Bpjs, Bank, Temporal, Postgres, World):
    """Of `python -m worker`."""


class ApiSettings(Log, HttpApi, People, Postgres, World):
    """Of `python -m api`."""


class DeskSettings(Defects, Temporal, Postgres):
    """Of the commands of `jkp` that speak with Temporal; the others need PostgreSQL's only."""


class SandboxSettings(Surroundings):
    """Of `jkp run` and `jkp bench`, which ask nothing else of the environment, and of `make`."""


PROCESSES: dict[str, type[Part]] = {
    "worker": WorkerSettings,
    "API": ApiSettings,
    "desk": DeskSettings,
    "sandbox": SandboxSettings,
}
