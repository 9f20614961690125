"""What the worker needs, says so when it lacks it, and shows no secret."""

import asyncio
import json
import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from worker.settings import SANDBOX_PACE, Pace, SettingMissing, read_settings

SECRETS = {
    "JKP_BANK_CLIENT_SECRET": "rahasia-bank",
    "JKP_BPJS_TOKEN": "rahasia-bpjs",
    "JKP_LOOKUP_KEY": "5e" * 32,
}
NAMES = {
    "JKP_BANK_URL": "http://127.0.0.1:1",
    "JKP_BANK_CLIENT_ID": "jkp",
    "JKP_BPJS_URL": "http://127.0.0.1:2",
    "JKP_SMTP_HOST": "127.0.0.1",
    "JKP_SMTP_PORT": "2525",
}


@pytest.fixture
def complete(tmp_path: Path) -> dict[str, str]:
    """Every setting that is needed."""
    key = tmp_path / "key.pem"
    key.write_bytes(b"rahasia-pem")
    return {**NAMES, **SECRETS, "JKP_BANK_PRIVATE_KEY_FILE": str(key)}


@pytest.mark.parametrize("name", [*NAMES, *SECRETS, "JKP_BANK_PRIVATE_KEY_FILE"])
def test_a_missing_setting_is_named_with_its_purpose(complete: dict[str, str], name: str) -> None:
    del complete[name]

    with pytest.raises(SettingMissing, match=rf"^{name} is not set: \w+") as missing:
        read_settings(complete)

    assert not any(secret in str(missing.value) for secret in SECRETS.values())


def test_settings_show_no_secret(complete: dict[str, str]) -> None:
    settings = read_settings(complete)

    assert settings.bank_private_key == b"rahasia-pem"
    assert settings.lookup_key == b"\x5e" * 32
    for secret in ("rahasia", "5e5e", "^^^^"):
        assert secret not in f"{settings!r} {settings}"


def test_production_waits_as_the_law_of_the_bank_says_and_the_sandbox_in_the_same_order(
    complete: dict[str, str],
) -> None:
    production = read_settings(complete).pace
    sandbox = read_settings({**complete, "JKP_PROFILE": "sandbox"}).pace

    assert (production.http_total.seconds, production.transfer.seconds) == (20, 45)
    assert (production.sending_lease.seconds, production.relay_lease.seconds) == (300, 30)
    assert sandbox == SANDBOX_PACE
    assert (sandbox.http_total.seconds, sandbox.transfer.seconds, sandbox.sending_lease.seconds) == (
        5,
        15,
        30,
    )


@pytest.mark.parametrize(
    "wrong",
    [{"http_total": timedelta(seconds=45)}, {"sending_lease": timedelta(seconds=45)}],
)
def test_deadlines_that_do_not_nest_are_refused(wrong: dict[str, timedelta]) -> None:
    with pytest.raises(AssertionError, match="nest"):
        Pace(**wrong)


async def test_a_worker_without_settings_says_which_and_ends_with_2() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JKP_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "worker", env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip

    out, err = await process.communicate()

    assert (process.returncode, out) == (2, b"")
    [line] = err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"]) == ("not configured", "error")
    assert told["reason"] == "JKP_BANK_URL is not set: the SNAP service of the bank"
