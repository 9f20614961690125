"""What is owed has a key of its own in the whole database."""

from uuid import UUID

from payments.obligations import obligation_key

STREAM = UUID("01890000-0000-7000-8000-000000000001")


def test_an_obligation_is_named_by_its_kind_its_stream_and_its_number() -> None:
    assert obligation_key(STREAM, "benefit/2") == "benefit/01890000-0000-7000-8000-000000000001/2"
    assert obligation_key(STREAM, "difference/2/1") == "difference/01890000-0000-7000-8000-000000000001/2/1"
