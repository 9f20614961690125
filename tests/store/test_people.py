"""People stand in one place, in versions, and show themselves nowhere."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from store_world import StoreWorld

from claims.email_addresses import EmailAddress
from claims.facts import Participant
from store.people import Account, People, Person, UnknownPerson

BUDI = Person(
    "3171011203850001",
    "Budi Santoso",
    date(1985, 3, 12),
    "Jl. Mawar 1",
    EmailAddress.parse("budi@example.id"),
    "12345678901",
)
ACCOUNT = Account("CENAIDJA", "1234567890", "Budi Santoso")


async def remember(world: StoreWorld, person: Person) -> Participant:
    async with world.pool.acquire() as connection, connection.transaction():
        return await world.people.remember(connection, person)


async def remember_account(world: StoreWorld, participant: Participant, account: Account) -> int:
    async with world.pool.acquire() as connection, connection.transaction():
        return await world.people.remember_account(connection, participant.participant_id, account)


async def test_a_person_has_a_new_version_only_where_something_changed(world: StoreWorld) -> None:
    first = await remember(world, BUDI)
    same = await remember(world, BUDI)
    moved = await remember(world, replace(BUDI, address="Jl. Melati 2"))

    assert same == first
    assert (moved.participant_id, moved.version) == (first.participant_id, 2)
    assert (await world.people.person(world.pool, first.participant_id)).address == "Jl. Melati 2"
    assert await world.pool.fetchval("select count(*) from people") == 2


async def test_somebody_named_twice_at_once_is_one_participant(world: StoreWorld) -> None:
    both = await asyncio.gather(*(remember(world, BUDI) for _ in range(5)))

    assert len(set(both)) == 1
    assert await world.pool.fetchval("select count(*) from people") == 1


async def test_a_participant_is_found_by_nik_under_the_key_alone(world: StoreWorld) -> None:
    known = await remember(world, BUDI)

    assert await world.people.participant_of(world.pool, BUDI.nik) == known.participant_id
    assert await world.people.participant_of(world.pool, "3171011203850002") is None
    assert await People(bytes(31) + b"1").participant_of(world.pool, BUDI.nik) is None


async def test_an_account_keeps_its_versions(world: StoreWorld) -> None:
    known = await remember(world, BUDI)
    other = replace(ACCOUNT, account_number="9876543210")

    versions = [await remember_account(world, known, each) for each in (ACCOUNT, ACCOUNT, other, ACCOUNT)]

    assert versions == [1, 1, 2, 3]
    assert await world.people.account(world.pool, known.participant_id, 2) == other


async def test_accounts_told_at_once_are_kept_one_after_the_other(world: StoreWorld) -> None:
    known = await remember(world, BUDI)
    accounts = [replace(ACCOUNT, account_number=f"98765432{number:02d}") for number in range(10)]

    versions = await asyncio.gather(*(remember_account(world, known, each) for each in accounts))

    assert sorted(versions) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    for version, account in zip(versions, accounts, strict=True):
        assert await world.people.account(world.pool, known.participant_id, version) == account


async def test_what_is_told_of_a_person_at_once_is_kept_one_after_the_other(world: StoreWorld) -> None:
    people = [replace(BUDI, address=f"Jl. Melati {number}") for number in range(10)]

    told = await asyncio.gather(*(remember(world, each) for each in people))

    assert len({each.participant_id for each in told}) == 1
    assert sorted(each.version for each in told) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


async def test_who_is_not_known_is_not_invented(world: StoreWorld) -> None:
    known = await remember(world, BUDI)

    with pytest.raises(UnknownPerson):
        await world.people.account(world.pool, known.participant_id, 1)
    with pytest.raises(UnknownPerson):
        await world.people.person(world.pool, UUID(int=7))


def test_nothing_that_is_printed_says_who_somebody_is() -> None:
    printed = f"{BUDI!r} {BUDI} {ACCOUNT!r} {People(b'secret-key')!r}"

    for secret in (*BUDI.__dict__.values(), *ACCOUNT.__dict__.values(), "secret-key"):
        assert str(secret) not in printed
