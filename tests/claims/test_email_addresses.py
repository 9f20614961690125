"""An e-mail address is one mailbox, or none; whoever reads it later reads the same one."""

from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.commands.email_addresses import COMPLAINT, EmailAddress, InvalidEmailAddress

NO_ADDRESS = [
    "",
    "budi",
    "@example.com",
    "budi@",
    "a@b",
    "budi@example.com.",
    "budi.@example.com",
    ".budi@example.com",
    "bu..di@example.com",
    "budi@example..com",
    "budi@.example.com",
    "budi@-example.com",
    "budi@example-.com",
    "budi@exa_mple.com",
    "budi@localhost",
    "budi@jkp.invalid",
    "budi@127.0.0.1",
    "budi@[127.0.0.1]",
    "budi@[IPv6:::1]",
    '"budi"@example.com',
    '"budi@evil.example,"@example.com',
    "budi@example.com, evil@evil.example",
    "budi@example.com;evil@evil.example",
    "budi@example.com evil@evil.example",
    "evil@evil.example@example.com",
    "Budi <budi@example.com>",
    "<budi@example.com>",
    "budi(evil@evil.example)@example.com",
    "budi@example.com (Budi)",
    "undisclosed: evil@evil.example;",
    "=?utf-8?q?evil=40evil.example=2C?=@example.com",
    "=?utf-8?b?ZXZpbEBldmlsLmV4YW1wbGU=?=@example.com",
    "evil%evil.example@example.com",
    "evil.example!evil@example.com",
    "@evil.example:budi@example.com",
    "budi@example.com\r\nBcc: evil@evil.example",
    "budi@example.com\n",
    "budi\x00@example.com",
    "budi\t@example.com",
    "budi@exam\x7fple.com",
    "budi@example.com\x85",
    " budi@example.com",
    "budi@example.com ",
    "bu\u200bdi@example.com",
    "\u202emoc.elpmaxe@example.com",
    "bu\ud800di@example.com",
    "budi\uff20example.com",
    "budi@xn--a.example",
    "b" * 65 + "@example.com",
    "ü" * 33 + "@example.com",
    "budi@" + "b" * 64 + ".example",
    "b" * 64 + "@" + ("b" * 60 + ".") * 3 + "example",
    "budi@" + ("b" * 60 + ".") * 4 + "example",
]


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_what_could_be_more_than_one_mailbox_is_no_address(text: str) -> None:
    with pytest.raises(InvalidEmailAddress) as refusal:
        EmailAddress.parse(text)

    assert str(refusal.value) == COMPLAINT
    assert EmailAddress.stored(text) is None


@pytest.mark.parametrize(
    ("text", "local", "domain"),
    [
        ("budi@example.com", "budi", "example.com"),
        ("Budi.Santoso+jkp@Example.CO.ID", "Budi.Santoso+jkp", "example.co.id"),
        ("o'brien_7-x@example.com", "o'brien_7-x", "example.com"),
        ("budi@bücher.example", "budi", "xn--bcher-kva.example"),
        ("budi@xn--bcher-kva.example", "budi", "xn--bcher-kva.example"),
        ("büdi@example.com", "büdi", "example.com"),
        ("bu\u0308di@example.com", "büdi", "example.com"),
        ("b" * 64 + "@example.com", "b" * 64, "example.com"),
    ],
)
def test_an_address_is_its_mailbox_with_the_domain_in_ascii(text: str, local: str, domain: str) -> None:
    parsed = EmailAddress.parse(text)

    assert (parsed.local, parsed.domain) == (local, domain)
    assert parsed.needs_smtputf8 is not local.isascii()
    assert EmailAddress.parse(parsed.text) == parsed


def test_case_makes_no_other_mailbox() -> None:
    budi = EmailAddress.parse("budi@example.com")

    assert budi.same_mailbox(EmailAddress.parse("Budi@EXAMPLE.com"))
    assert not budi.same_mailbox(EmailAddress.parse("budi@example.org"))
    assert not budi.same_mailbox(None)


def test_printed_it_shows_nothing() -> None:
    budi = EmailAddress.parse("budi@example.com")

    assert "budi" not in f"{budi!r} {budi}"
    assert "example" not in f"{budi!r} {budi}"


PIECES = st.sampled_from(
    [*'abcü@.,;:<>()[]"\\ %!=?\r\n\t\x00', "=?utf-8?q?", "?=", "@example.com", "evil@evil.example", "\ud800"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_header_made_from_an_address_names_that_mailbox_alone(text: str) -> None:
    for parsed in filter(None, map(EmailAddress.stored, (text, f"{text}@example.com"))):
        mail = EmailMessage()
        mail["To"] = Address(username=parsed.local, domain=parsed.domain)

        [read] = mail["To"].addresses
        assert (read.username, read.domain) == (parsed.local, parsed.domain)
        assert EmailAddress.parse(parsed.text) == parsed
