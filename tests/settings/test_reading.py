"""What a process needs, says all of when it lacks it, and shows no secret of."""

import asyncio
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from settings.kinds import Profile, SmtpTls
from settings.pace import SANDBOX_PACE, Pace
from settings.parts import Part, Postgres
from settings.processes import PROCESSES, ApiSettings, DeskSettings, SandboxSettings, WorkerSettings
from settings.reading import SettingsWrong, fields_by_variable, is_secret, misspelled, read

SECRETS = {
    "JKP_BANK_CLIENT_SECRET": "rahasia-bank",
    "JKP_BPJS_TOKEN": "rahasia-bpjs",
    "JKP_LOOKUP_KEY": "5e" * 32,
}
NAMES = {
    "JKP_BANK_URL": "http://127.0.0.1:1",
    "JKP_BANK_CLIENT_ID": "jkp",
    "JKP_BPJS_URL": "https://bpjs.example.id/v1",
    "JKP_SMTP_HOST": "127.0.0.1",
    "JKP_MAIL_FROM": "jkp@example.id",
    "TEMPORAL_ADDRESS": "127.0.0.1:7233",
}
NEEDED = [*NAMES, *SECRETS, "JKP_BANK_PRIVATE_KEY"]


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our key at the bank."""
    file = tmp_path_factory.mktemp("keys") / "key.pem"
    file.write_bytes(pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)))
    return file


@pytest.fixture
def complete(key_file: Path) -> dict[str, str]:
    """Every setting that the worker needs."""
    return {**NAMES, **SECRETS, "JKP_BANK_PRIVATE_KEY_FILE": str(key_file)}


def faults(model: type[Part], environment: dict[str, str]) -> dict[str, str]:
    """Every fault by the setting it is of."""
    with pytest.raises(SettingsWrong) as wrong:
        read(model, environment)
    assert all(fault.purpose for fault in wrong.value.faults)
    return {fault.setting: fault.wrong for fault in wrong.value.faults}


def test_every_setting_that_is_missing_is_named_at_once() -> None:
    assert faults(WorkerSettings, {}) == dict.fromkeys(NEEDED, "is not set")
    assert faults(ApiSettings, {}) == {"JKP_LOOKUP_KEY": "is not set"}
    assert faults(DeskSettings, {}) == {"TEMPORAL_ADDRESS": "is not set"}
    assert read(SandboxSettings, {}).data == Path(".jkp")


@pytest.mark.parametrize("name", NEEDED)
def test_a_setting_that_is_empty_is_as_good_as_missing(complete: dict[str, str], name: str) -> None:
    complete.pop(f"{name}_FILE", None)

    assert faults(WorkerSettings, {**complete, name: ""}) == {name: "is not set"}


def test_a_fault_says_what_is_wrong_and_what_the_setting_is_for(complete: dict[str, str]) -> None:
    with pytest.raises(SettingsWrong) as wrong:
        read(WorkerSettings, {**complete, "PGPORT": "65536", "JKP_LOOKUP_KEY": "abcd"})

    assert [str(fault) for fault in wrong.value.faults] == [
        "PGPORT should be less than or equal to 65535: port of PostgreSQL; 5432 where not set",
        "JKP_LOOKUP_KEY should hold at least 32 bytes in hexadecimal (`openssl rand -hex 32`): "
        "key of the look-up of people, hexadecimal, the same for every process of a database",
    ]


WRONG = [
    ("PGPORT", "0"),
    ("PGPORT", "70000"),
    ("PGPORT", "5432x"),
    ("PGPORT", "1.5"),
    ("PGHOST", "postgres://db"),
    ("PGSSLMODE", "yes"),
    ("PGSSLROOTCERT", "/no/such/file"),
    ("TEMPORAL_ADDRESS", "http://127.0.0.1:7233"),
    ("TEMPORAL_ADDRESS", "127.0.0.1"),
    ("TEMPORAL_ADDRESS", "127.0.0.1:99999"),
    ("TEMPORAL_TLS", "perhaps"),
    ("JKP_BANK_URL", "bank.example.id"),
    ("JKP_BANK_URL", "ftp://bank.example.id"),
    ("JKP_BANK_URL", "https://user:rahasia-x@bank.example.id"),
    ("JKP_BANK_URL", "https://bank.example.id:0"),
    ("JKP_BANK_URL", "https://bank.example.id:123456"),
    ("JKP_BANK_URL", "https://bank.example.id/?a=1"),
    ("JKP_BPJS_URL", "https://"),
    ("JKP_BPJS_URL", "https://[::1"),
    ("JKP_LOOKUP_KEY", "abcd"),
    ("JKP_LOOKUP_KEY", "00" * 31),
    ("JKP_LOOKUP_KEY", "rahasia-x" * 8),
    ("JKP_SMTP_HOST", "smtp://mail"),
    ("JKP_SMTP_PORT", "-1"),
    ("JKP_SMTP_TLS", "starttls"),
    ("JKP_SMTP_PASSWORD", "rahasia-x"),
    ("JKP_SMTP_CA_FILE", "/no/such/file"),
    ("JKP_MAIL_FROM", "JKP <jkp@example.id>"),
    ("JKP_MAIL_FROM", "jkp"),
    ("JKP_MAIL_FROM", "a@example.id, b@example.id"),
    ("JKP_PROFILE", "Production"),
    ("JKP_PROFILE", "staging"),
    ("JKP_LOG_LEVEL", "LOUD"),
    ("JKP_LOG_FORMAT", "xml"),
    ("JKP_BIND_ADDRESS", "localhost"),
    ("JKP_BIND_ADDRESS", "0.0.0.0:80"),
    ("JKP_WORKER_PORT", "eighty"),
    ("JKP_METRICS_PORT", "65536"),
    ("JKP_TASK_QUEUE", "claims and more"),
    ("JKP_BANK_CLIENT_ID", "a\nb"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_setting_that_is_wrong_is_named_without_its_value(
    complete: dict[str, str], name: str, value: str
) -> None:
    environment = {**complete, name: value}
    with pytest.raises(SettingsWrong) as wrong:
        read(WorkerSettings, environment)

    [fault] = wrong.value.faults
    assert fault.setting == name
    assert fault.wrong.startswith("should ") or fault.wrong.startswith("holds ")
    for told in (str(wrong.value), repr(wrong.value), str(fault)):
        assert "rahasia" not in told
        assert "5e5e" not in told


def test_all_that_are_wrong_and_all_that_are_missing_are_named_together(complete: dict[str, str]) -> None:
    del complete["JKP_BANK_URL"]

    told = faults(WorkerSettings, {**complete, **dict([("PGPORT", "x"), ("JKP_SMTP_TLS", "x")])})

    assert set(told) == {"JKP_BANK_URL", "PGPORT", "JKP_SMTP_TLS"}


def test_a_secret_may_stand_in_a_file(complete: dict[str, str], tmp_path: Path) -> None:
    held = tmp_path / "lookup-key"
    held.write_text("5f" * 32 + "\n")
    del complete["JKP_LOOKUP_KEY"]

    settings = read(WorkerSettings, {**complete, "JKP_LOOKUP_KEY_FILE": str(held)})

    assert settings.lookup_key.get_secret_value() == b"\x5f" * 32


def test_every_secret_may_stand_in_a_file_and_nothing_else_may() -> None:
    secret = {n for model in PROCESSES.values() for n, f in fields_by_variable(model).items() if is_secret(f)}

    assert secret == {
        "PGPASSWORD", "TEMPORAL_API_KEY", "JKP_SMTP_PASSWORD", "JKP_BANK_PRIVATE_KEY", *SECRETS,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["JKP_BPJS_TOKEN", "JKP_LOOKUP_KEY", "JKP_BANK_PRIVATE_KEY"])
def test_a_file_that_cannot_be_read_is_the_one_fault(
    complete: dict[str, str], name: str, tmp_path: Path
) -> None:
    complete.pop(name, None)
    gone, binary, empty = tmp_path / "gone", tmp_path / "binary", tmp_path / "empty"
    binary.write_bytes(b"\xff\xfe")
    empty.write_bytes(b"\n")

    told = faults(WorkerSettings, {**complete, f"{name}_FILE": str(gone)})
    assert told == {f"{name}_FILE": "cannot be read (No such file or directory)"}
    assert faults(WorkerSettings, {**complete, f"{name}_FILE": str(binary)}) == {
        f"{name}_FILE": "names a file that is no text"
    }
    assert set(faults(WorkerSettings, {**complete, f"{name}_FILE": str(empty)})) == {f"{name}_FILE"}
    both = {**complete, name: "rahasia-x", f"{name}_FILE": str(gone)}
    assert faults(WorkerSettings, both) == {f"{name}_FILE": f"is set beside {name}; set one of the two"}


def test_a_key_that_is_none_of_rsa_is_refused(complete: dict[str, str], tmp_path: Path) -> None:
    other = tmp_path / "ec.pem"
    other.write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))

    told = faults(WorkerSettings, {**complete, "JKP_BANK_PRIVATE_KEY_FILE": str(other)})

    assert told == {"JKP_BANK_PRIVATE_KEY_FILE": "should be an RSA private key in PEM, without a password"}


def test_a_password_at_the_mail_relay_goes_with_a_user_and_through_tls_only(
    complete: dict[str, str],
) -> None:
    user, password = {"JKP_SMTP_USER": "jkp"}, {"JKP_SMTP_PASSWORD": "rahasia-x"}

    assert set(faults(WorkerSettings, {**complete, **password})) == {"JKP_SMTP_PASSWORD"}
    assert set(faults(WorkerSettings, {**complete, **user})) == {"JKP_SMTP_PASSWORD", "JKP_SMTP_TLS"}
    assert set(faults(WorkerSettings, {**complete, **user, **password})) == {"JKP_SMTP_TLS"}
    settings = read(WorkerSettings, {**complete, **user, **password, "JKP_SMTP_TLS": "required"})
    assert settings.smtp_tls is SmtpTls.REQUIRED


def test_settings_show_no_secret(complete: dict[str, str]) -> None:
    settings = read(WorkerSettings, complete)

    assert settings.lookup_key.get_secret_value() == b"\x5e" * 32
    for secret in ("rahasia", "5e5e", "^^^^", "PRIVATE KEY"):
        assert secret not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_production_waits_as_the_law_of_the_bank_says_and_the_sandbox_in_the_same_order(
    complete: dict[str, str],
) -> None:
    told = read(WorkerSettings, complete)
    production, sandbox = told.pace, read(WorkerSettings, {**complete, "JKP_PROFILE": "sandbox"}).pace

    assert told.profile is Profile.PRODUCTION
    assert (production.http_total.seconds, production.transfer.seconds) == (20, 45)
    assert (production.sending_lease.seconds, production.relay_lease.seconds) == (300, 30)
    assert sandbox == SANDBOX_PACE
    terms = (sandbox.http_total.seconds, sandbox.transfer.seconds, sandbox.sending_lease.seconds)
    assert terms == (4, 10, 18)


@pytest.mark.parametrize(
    "wrong",
    [{"http_total": timedelta(seconds=45)}, {"sending_lease": timedelta(seconds=45)}],
)
def test_deadlines_that_do_not_nest_are_refused(wrong: dict[str, timedelta]) -> None:
    with pytest.raises(AssertionError, match="nest"):
        Pace(**wrong)


def test_what_looks_like_a_setting_and_is_none_is_named_with_the_one_meant() -> None:
    environment = {"JKP_LOKUP_KEY": "x", "JKP_XYZZY_QUUX": "x", "JKP_LOOKUP_KEY_FILE": "x", "JKP_DATA": "x"}

    assert misspelled(environment) == {"JKP_LOKUP_KEY": "JKP_LOOKUP_KEY", "JKP_XYZZY_QUUX": None}


def test_postgres_may_be_left_to_its_own_defaults() -> None:
    assert read(Postgres, {}).model_dump(exclude_none=True) == {}


async def end_of(module: str, **extra: str) -> tuple[int | None, list[str]]:
    """The exit code of a process that is given only these settings, and the lines it complained in."""
    bare = {name: value for name, value in os.environ.items() if name[:4] not in ("JKP_", "TEMP")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, env={**bare, **extra},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert out == b""
    return process.returncode, err.decode().splitlines()


async def test_a_process_without_settings_says_all_in_one_line_and_ends_with_2() -> None:
    (code, [line]), (other_code, [strange, other]) = await asyncio.gather(
        end_of("worker"), end_of("api", JKP_LOKUP_KEY="rahasia-x", JKP_API_PORT="rahasia-x")
    )
    told = json.loads(line)
    assert (code, told["event"], told["level"]) == (2, "not configured", "error")
    assert [fault.split(" ")[0] for fault in told["faults"]] == [
        name for name in fields_by_variable(WorkerSettings) if name in NEEDED
    ]

    assert json.loads(strange)["settings"] == ["JKP_LOKUP_KEY (JKP_LOOKUP_KEY?)"]
    assert (other_code, len(json.loads(other)["faults"])) == (2, 2)
    assert "rahasia" not in strange + other
