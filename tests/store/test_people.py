"""People stand in one place, in versions, and show themselves nowhere."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from support.store_world import StoreWorld

from claims.commands.command import PersonDifference
from claims.commands.email_addresses import EmailAddress
from claims.events import PersonField
from claims.events.facts import Participant
from payments.obligations import person
from store.people import (
    Account,
    People,
    Person,
    Remembered,
    UnknownPerson,
    put_email_in_force,
)

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
        return (await world.people.remember(connection, person)).participant


async def remember_account(world: StoreWorld, participant: Participant, account: Account) -> int:
    async with world.pool.acquire() as connection, connection.transaction():
        return await world.people.remember_account(connection, participant.participant_id, account)


async def told(world: StoreWorld, person: Person) -> Remembered:
    async with world.pool.acquire() as connection, connection.transaction():
        return await world.people.remember(connection, person)


OTHERS: dict[PersonField, Person] = {
    "name": replace(BUDI, name="Budi Susanto"),
    "born_on": replace(BUDI, born_on=date(1985, 3, 13)),
    "address": replace(BUDI, address="Jl. Melati 2"),
    "email": replace(BUDI, email=EmailAddress.parse("evil@evil.example")),
    "membership_number": replace(BUDI, membership_number="99999999999"),
}


@pytest.mark.parametrize("field", OTHERS)
async def test_what_is_told_otherwise_is_a_proposal_and_changes_nothing(
    world: StoreWorld, field: PersonField
) -> None:
    first = await told(world, BUDI)
    other, again = await told(world, OTHERS[field]), await told(world, OTHERS[field])

    assert first.differs is None
    assert other == again == Remembered(first.participant, PersonDifference(version=2, fields=(field,)))
    assert await world.people.person(world.pool, first.participant.participant_id) == BUDI
    assert await world.pool.fetchval("select count(*) from people") == 2


async def test_case_and_spaces_are_no_difference(world: StoreWorld) -> None:
    first = await told(world, BUDI)
    spelled = replace(BUDI, name=" BUDI  SANTOSO", email=EmailAddress.parse("Budi@Example.ID"))

    assert await told(world, spelled) == first
    assert await world.pool.fetchval("select count(*) from people") == 1


async def test_an_adopted_version_stands_but_for_its_address(world: StoreWorld) -> None:
    of = (await told(world, BUDI)).participant.participant_id
    other = replace(OTHERS["email"], name="Budi Susanto")
    await told(world, other)
    await world.pool.execute("update participants set current_version = 2")
    async with world.pool.acquire() as connection:
        assert await world.people.person(connection, of) == replace(other, email=BUDI.email)
        assert await put_email_in_force(connection, of, 2)
        assert await world.people.person(connection, of) == other
        assert not await put_email_in_force(connection, of, 1)


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
    assert await world.people.account(world.pool, person(known.participant_id), 2) == other


async def test_accounts_told_at_once_are_kept_one_after_the_other(world: StoreWorld) -> None:
    known = await remember(world, BUDI)
    accounts = [replace(ACCOUNT, account_number=f"98765432{number:02d}") for number in range(10)]

    versions = await asyncio.gather(*(remember_account(world, known, each) for each in accounts))

    assert sorted(versions) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    for version, account in zip(versions, accounts, strict=True):
        assert await world.people.account(world.pool, person(known.participant_id), version) == account


async def test_what_is_told_of_a_person_at_once_is_kept_one_after_the_other(world: StoreWorld) -> None:
    people = [replace(BUDI, address=f"Jl. Melati {number}") for number in range(10)]

    found = await asyncio.gather(*(told(world, each) for each in people))

    assert {each.participant.version for each in found} == {1}
    assert len({each.participant.participant_id for each in found}) == 1
    proposed = sorted(each.differs.version for each in found if each.differs is not None)
    assert proposed == [2, 3, 4, 5, 6, 7, 8, 9, 10]


async def test_who_is_not_known_is_not_invented(world: StoreWorld) -> None:
    known = await remember(world, BUDI)

    with pytest.raises(UnknownPerson):
        await world.people.account(world.pool, person(known.participant_id), 1)
    with pytest.raises(UnknownPerson):
        await world.people.person(world.pool, UUID(int=7))


def test_nothing_that_is_printed_says_who_somebody_is() -> None:
    printed = f"{BUDI!r} {BUDI} {ACCOUNT!r} {People(b'secret-key')!r}"

    for secret in (*BUDI.__dict__.values(), *ACCOUNT.__dict__.values(), "secret-key"):
        assert str(secret) not in printed
