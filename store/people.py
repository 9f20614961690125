"""People: the only place of NIK, names, addresses, birth dates, accounts and e-mail addresses.

Rows are versioned and never changed; events and messages refer to (participant, version). A participant is
looked up by a keyed hash of the NIK, because sixteen digits can be tried out. Whoever writes a version holds
the participant's row from before the newest is read until the commit: two at once write one after the other.
"""

import hmac
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from claims.email_addresses import EmailAddress
from claims.facts import Participant
from store.database import Connection, Pool
from store.ids import new_id


@dataclass(frozen=True)
class Person:
    """One version of what is known of a participant; no `email` where an older row holds no address."""

    nik: str = field(repr=False)
    name: str = field(repr=False)
    born_on: date = field(repr=False)
    address: str = field(repr=False)
    email: EmailAddress | None = field(repr=False)
    membership_number: str = field(repr=False)


@dataclass(frozen=True)
class Account:
    """Rekening: a bank account in the participant's own name."""

    bank_code: str = field(repr=False)
    account_number: str = field(repr=False)
    holder_name: str = field(repr=False)


class UnknownPerson(LookupError):
    """No such participant, version or account."""


@dataclass(frozen=True)
class People:
    """The register of people, with the key of its look-ups."""

    lookup_key: bytes = field(repr=False)

    def lookup(self, nik: str) -> bytes:
        """Keyed hash of a NIK."""
        return hmac.new(self.lookup_key, nik.encode(), sha256).digest()

    async def remember(self, connection: Connection, person: Person) -> Participant:
        """The participant of a NIK, with a new version where anything about them changed."""
        # The update changes nothing and holds the row, also where another inserts it at the same time.
        participant_id = await connection.fetchval(
            "insert into participants (participant_id, nik_lookup) values ($1, $2) "
            "on conflict (nik_lookup) do update set nik_lookup = excluded.nik_lookup "
            "returning participant_id",
            new_id(),
            self.lookup(person.nik),
        )
        known = await self.latest(connection, participant_id)
        if known is not None and known[1] == person:
            return Participant(participant_id=participant_id, version=known[0])
        version = 1 if known is None else known[0] + 1
        await connection.execute(
            "insert into people (participant_id, version, nik, name, born_on, address, email,"
            " membership_number) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            participant_id,
            version,
            person.nik,
            person.name,
            person.born_on,
            person.address,
            "" if person.email is None else person.email.text,
            person.membership_number,
        )
        return Participant(participant_id=participant_id, version=version)

    async def latest(self, connection: Connection | Pool, participant_id: UUID) -> tuple[int, Person] | None:
        """The newest version of a participant."""
        row = await connection.fetchrow(
            "select version, nik, name, born_on, address, email, membership_number from people "
            "where participant_id = $1 order by version desc limit 1",
            participant_id,
        )
        if row is None:
            return None
        return row["version"], Person(
            row["nik"],
            row["name"],
            row["born_on"],
            row["address"],
            EmailAddress.stored(row["email"]),
            row["membership_number"],
        )

    async def person(self, connection: Connection | Pool, participant_id: UUID) -> Person:
        """The newest data of a participant."""
        known = await self.latest(connection, participant_id)
        if known is None:
            raise UnknownPerson("no such participant")
        return known[1]

    async def participant_of(self, connection: Connection | Pool, nik: str) -> UUID | None:
        """The participant of a NIK."""
        found: UUID | None = await connection.fetchval(
            "select participant_id from participants where nik_lookup = $1", self.lookup(nik)
        )
        return found

    async def remember_account(self, connection: Connection, participant_id: UUID, account: Account) -> int:
        """The version of an account; a new one unless it is the newest already."""
        # The lock in one statement, the newest version in the next: only so is it read as of the lock.
        await connection.execute(
            "select from participants where participant_id = $1 for no key update", participant_id
        )
        row = await connection.fetchrow(
            "select version, bank_code, account_number, holder_name from accounts "
            "where participant_id = $1 order by version desc limit 1",
            participant_id,
        )
        if row is not None and account == Account(
            row["bank_code"], row["account_number"], row["holder_name"]
        ):
            return int(row["version"])
        version = 1 if row is None else int(row["version"]) + 1
        await connection.execute(
            "insert into accounts (participant_id, version, bank_code, account_number, holder_name)"
            " values ($1, $2, $3, $4, $5)",
            participant_id,
            version,
            account.bank_code,
            account.account_number,
            account.holder_name,
        )
        return version

    async def account(self, connection: Connection | Pool, participant_id: UUID, version: int) -> Account:
        """One version of an account."""
        row = await connection.fetchrow(
            "select bank_code, account_number, holder_name from accounts "
            "where participant_id = $1 and version = $2",
            participant_id,
            version,
        )
        if row is None:
            raise UnknownPerson("no such account")
        return Account(row["bank_code"], row["account_number"], row["holder_name"])
