"""One letter to one mailbox: what a relay answers is for good or for now, and nothing goes in the clear."""

from contextlib import nullcontext

import pytest
from parties.mail_server import MailServer, authority, serving

from activities.mail.relay import MailRelay, NotTaken, Refused
from claims.commands.email_addresses import EmailAddress
from claims.events.undelivered import Undelivered
from sandbox.servers.processes import free_port
from settings.kinds import SmtpTls

BUDI = EmailAddress.parse("budi@example.com")
LETTER = b"Subject: Surat\r\n\r\nIsi.\r\n"


def relay_of(server: MailServer, **settings: object) -> MailRelay:
    return MailRelay("127.0.0.1", server.port, **{"timeout_seconds": 5.0, **settings})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"greeting": "554 no mail here"}, Undelivered.RELAY_REFUSES),
        ({"greeting": "521 no mail here"}, Undelivered.RELAY_REFUSES),
        ({"mail": "552 5.3.4 too big"}, Undelivered.LETTER_REFUSED),
        ({"mail": "550 5.7.1 not you"}, Undelivered.LETTER_REFUSED),
        ({"rcpt": "550 5.1.1 unknown"}, Undelivered.ADDRESS_REFUSED),
        ({"rcpt": "552 5.2.2 full"}, Undelivered.ADDRESS_REFUSED),
        ({"rcpt": "554 5.7.1 refused"}, Undelivered.ADDRESS_REFUSED),
        ({"data": "552 5.3.4 too big"}, Undelivered.LETTER_REFUSED),
        ({"data": "554 5.6.0 refused"}, Undelivered.LETTER_REFUSED),
    ],
)
async def test_five_hundred_is_for_good_wherever_it_is_said(
    answers: dict[str, str], reason: Undelivered
) -> None:
    async with serving(MailServer(**answers)) as server:  # type: ignore[arg-type]
        with pytest.raises(Refused) as refusal:
            await relay_of(server).deliver(LETTER, BUDI)

    assert refusal.value.reason is reason
    assert refusal.value.failure == next(iter(answers.values()))[:3]


@pytest.mark.parametrize(
    ("answers", "by_relay"),
    [
        ({"greeting": "421 later"}, True),
        ({"greeting": "450 later"}, True),
        ({"mail": "451 4.3.0 later"}, False),
        ({"mail": "421 4.3.2 closing"}, False),
        ({"mail": "530 5.7.0 authentication required"}, False),
        ({"rcpt": "450 4.2.1 busy"}, False),
        ({"rcpt": "452 4.2.2 full"}, False),
        ({"data": "451 4.3.0 later"}, False),
        ({"data": "421 4.3.2 closing"}, False),
    ],
)
async def test_four_hundred_is_for_now(answers: dict[str, str], by_relay: bool) -> None:
    async with serving(MailServer(**answers)) as server:  # type: ignore[arg-type]
        with pytest.raises(NotTaken) as failure:
            await relay_of(server).deliver(LETTER, BUDI)

    assert failure.value.by_relay is by_relay
    assert failure.value.failure == next(iter(answers.values()))[:3]


async def test_a_relay_that_is_away_or_hangs_up_is_for_now() -> None:
    with pytest.raises(NotTaken) as failure:
        await MailRelay("127.0.0.1", free_port()).deliver(LETTER, BUDI)
    assert failure.value.by_relay

    async with serving(MailServer(greeting="not a greeting")) as server:
        with pytest.raises(NotTaken):
            await relay_of(server).deliver(LETTER, BUDI)


async def test_the_envelope_names_the_mailbox_and_no_header_does() -> None:
    async with serving(MailServer()) as server:
        await relay_of(server).deliver(b"To: somebody@evil.example\r\n\r\nIsi.\r\n", BUDI)

    [result] = server.result
    assert (result.mail_from, result.rcpt_tos) == ("jkp@jkp.invalid", ["budi@example.com"])


@pytest.mark.parametrize("smtputf8", [True, False])
async def test_a_mailbox_beyond_ascii_goes_only_where_the_relay_takes_it(smtputf8: bool) -> None:
    async with serving(MailServer(smtputf8=smtputf8)) as server:
        expected = nullcontext() if smtputf8 else pytest.raises(Refused)
        with expected as refusal:
            await relay_of(server).deliver(LETTER, EmailAddress.parse("büdi@example.com"))

    assert [result.rcpt_tos for result in server.result] == ([["büdi@example.com"]] if smtputf8 else [])
    if refusal is not None:
        assert refusal.value.reason is Undelivered.ADDRESS_NOT_SUPPORTED


@pytest.mark.parametrize(
    ("offered", "tls", "protected"),
    [
        ("starttls", SmtpTls.REQUIRED, True),
        ("starttls", SmtpTls.OPPORTUNISTIC, True),
        ("implicit", SmtpTls.IMPLICIT, True),
        ("", SmtpTls.OPPORTUNISTIC, False),
        ("", SmtpTls.NONE, False),
    ],
)
async def test_a_letter_is_as_protected_as_is_asked_with_an_authority_of_our_own(
    offered: str, tls: SmtpTls, protected: bool
) -> None:
    async with serving(MailServer(), tls=offered) as server:
        await relay_of(server, tls=tls, authority=authority()).deliver(LETTER, BUDI)

    assert server.over_tls == [protected]


@pytest.mark.parametrize(
    ("offered", "tls", "trusting"),
    [
        ("", SmtpTls.REQUIRED, True),
        ("", SmtpTls.IMPLICIT, True),
        ("starttls", SmtpTls.NONE, True),
        ("starttls", SmtpTls.REQUIRED, False),
        ("starttls", SmtpTls.OPPORTUNISTIC, False),
        ("implicit", SmtpTls.IMPLICIT, False),
    ],
)
async def test_less_protection_than_asked_or_a_stranger_is_for_now_and_takes_nothing(
    offered: str, tls: SmtpTls, trusting: bool
) -> None:
    async with serving(MailServer(), tls=offered) as server:
        trusted = {"authority": authority()} if trusting else {}
        with pytest.raises(NotTaken):
            await relay_of(server, tls=tls, timeout_seconds=1.0, **trusted).deliver(LETTER, BUDI)

    assert server.result == []


@pytest.mark.parametrize("tls", [SmtpTls.REQUIRED, SmtpTls.IMPLICIT])
async def test_a_relay_that_wants_a_password_gets_it(tls: SmtpTls) -> None:
    offered = "starttls" if tls is SmtpTls.REQUIRED else "implicit"
    async with serving(MailServer(password=b"rahasia"), tls=offered) as server:
        known = relay_of(server, tls=tls, authority=authority(), user="jkp", password="rahasia")
        await known.deliver(LETTER, BUDI)
        for user, password in (("", ""), ("jkp", "salah")):
            stranger = relay_of(server, tls=tls, authority=authority(), user=user, password=password)
            with pytest.raises(NotTaken):
                await stranger.deliver(LETTER, BUDI)

    assert len(server.result) == 1


def test_a_relay_shows_no_password() -> None:
    assert "rahasia" not in repr(MailRelay("mail", 25, user="jkp", password="rahasia"))
