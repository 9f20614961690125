"""People: the only place of NIK, names, addresses, birth dates, accounts and e-mail addresses.

Rows are versioned and never changed; events and messages refer to (participant, version). A participant is
looked up by a keyed hash of the NIK, because sixteen digits can be tried out. Whoever writes a version holds
the participant's row from before the newest is read until the commit: two at once write one after the other.
"""

import hmac
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from asyncpg import Record

from claims.commands.command import PersonDifference
from claims.commands.email_addresses import EmailAddress
from claims.events import PersonField
from claims.events.facts import Participant
from payments.obligations import Creditor
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


@dataclass(frozen=True)
class Remembered:
    """A participant by the version that stands, and what was reported otherwise."""

    participant: Participant
    differs: PersonDifference | None


class UnknownPerson(LookupError):
    """No such participant, version or account."""


@dataclass(frozen=True)
class People:
    """The register of people, with the key of its look-ups."""

    lookup_key: bytes = field(repr=False)

    def lookup(self, nik: str) -> bytes:
        """Keyed hash of a NIK."""
        return hmac.new(self.lookup_key, nik.encode(), sha256).digest()

    async def remember(self, connection: Connection, person: Person) -> Remembered:
        """The participant of a NIK with the version that stands; what is reported otherwise changes nothing.

        The first version of a person is in force at once, its address too. Later ones are proposals, each
        kept once, which an officer adopts or not.
        """
        # The update changes nothing and holds the row, also where another inserts it at the same time.
        participant_id = await connection.fetchval(
            "insert into participants (participant_id, nik_lookup) values ($1, $2) "
            "on conflict (nik_lookup) do update set nik_lookup = excluded.nik_lookup "
            "returning participant_id",
            new_id(),
            self.lookup(person.nik),
        )
        known = await self.latest(connection, participant_id)
        if known is None:
            await _add(connection, participant_id, 1, person)
            return Remembered(Participant(participant_id=participant_id, version=1), None)
        standing = Participant(participant_id=participant_id, version=known[0])
        fields = differing(known[1], person)
        if not fields:
            return Remembered(standing, None)
        version = await _version_of(connection, participant_id, person)
        return Remembered(standing, PersonDifference(version=version, fields=fields))

    async def propose_email(self, connection: Connection, participant_id: UUID, address: EmailAddress) -> int:
        """The version of a new row with that address; every change of an address is one of its own."""
        await hold_participant(connection, participant_id)
        known = await self.person(connection, participant_id)
        return await _add_next(connection, participant_id, replace(known, email=address))

    async def latest(self, connection: Connection | Pool, participant_id: UUID) -> tuple[int, Person] | None:
        """The version of a participant that stands, with the address in force."""
        row = await connection.fetchrow(
            "select p.version, p.nik, p.name, p.born_on, p.address, e.email, p.membership_number "
            "from participants x join people p on p.participant_id = x.participant_id "
            "and p.version = x.current_version join people e on e.participant_id = x.participant_id "
            "and e.version = x.email_version where x.participant_id = $1",
            participant_id,
        )
        return None if row is None else (row["version"], _person(row))

    async def proposed_email(
        self, connection: Connection | Pool, participant_id: UUID, version: int
    ) -> EmailAddress | None:
        """The address of a version, in force or not."""
        text = await connection.fetchval(
            "select email from people where participant_id = $1 and version = $2", participant_id, version
        )
        return None if text is None else EmailAddress.stored(text)

    async def person(self, connection: Connection | Pool, participant_id: UUID) -> Person:
        """The data of a participant that stand, with the address in force."""
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
        await hold_participant(connection, participant_id)
        row = await connection.fetchrow(
            "select version, bank_code, account_number, holder_name from accounts "
            "where creditor_kind = 'person' and creditor_id = $1 order by version desc limit 1",
            participant_id,
        )
        if row is not None and account == Account(
            row["bank_code"], row["account_number"], row["holder_name"]
        ):
            return int(row["version"])
        version = 1 if row is None else int(row["version"]) + 1
        await connection.execute(
            "insert into accounts (creditor_kind, creditor_id, version, bank_code, account_number,"
            " holder_name) values ('person', $1, $2, $3, $4, $5)",
            participant_id,
            version,
            account.bank_code,
            account.account_number,
            account.holder_name,
        )
        return version

    async def account(self, connection: Connection | Pool, creditor: Creditor, version: int) -> Account:
        """One version of an account."""
        row = await connection.fetchrow(
            "select bank_code, account_number, holder_name from accounts "
            "where creditor_kind = $1 and creditor_id = $2 and version = $3",
            creditor.kind.value,
            creditor.creditor_id,
            version,
        )
        if row is None:
            raise UnknownPerson("no such account")
        return Account(row["bank_code"], row["account_number"], row["holder_name"])


async def hold_participant(connection: Connection, participant_id: UUID) -> None:
    """Lock a participant: what is read in the next statement is read as of the lock."""
    await connection.execute(
        "select from participants where participant_id = $1 for no key update", participant_id
    )


async def hold_participant_of(connection: Connection, stream_id: UUID) -> None:
    """The same for the person of a claim; before the claim's own lock, as a report takes them."""
    await connection.execute(
        "select from participants where participant_id = "
        "(select participant_id from layoffs where stream_id = $1) for no key update",
        stream_id,
    )


async def put_email_in_force(connection: Connection | Pool, participant_id: UUID, version: int) -> bool:
    """Letters go to the address of a version from now on; False where one asked for later is in force."""
    done = await connection.fetchval(
        "update participants set email_version = $2 where participant_id = $1 and email_version <= $2 "
        "returning true",
        participant_id,
        version,
    )
    return bool(done)


def differing(known: Person, reported: Person) -> tuple[PersonField, ...]:
    """What is reported otherwise; case and spaces are no difference in what people write."""
    other_email = reported.email is None or not reported.email.same_mailbox(known.email)
    other: dict[PersonField, bool] = {
        "name": _spelled(known.name) != _spelled(reported.name),
        "born_on": known.born_on != reported.born_on,
        "address": _spelled(known.address) != _spelled(reported.address),
        "email": other_email,
        "membership_number": known.membership_number != reported.membership_number,
    }
    return tuple(name for name, differs in other.items() if differs)


def _spelled(text: str) -> str:
    return " ".join(text.split()).casefold()


async def _version_of(connection: Connection, participant_id: UUID, person: Person) -> int:
    """The version that says the same, or a new one."""
    rows = await connection.fetch(
        "select version, nik, name, born_on, address, email, membership_number from people "
        "where participant_id = $1 order by version",
        participant_id,
    )
    same = (row["version"] for row in rows if not differing(_person(row), person))
    version = next(same, None)
    return int(version) if version is not None else await _add_next(connection, participant_id, person)


async def _add_next(connection: Connection, participant_id: UUID, person: Person) -> int:
    version: int = await connection.fetchval(
        "select max(version) + 1 from people where participant_id = $1", participant_id
    )
    await _add(connection, participant_id, version, person)
    return version


async def _add(connection: Connection, participant_id: UUID, version: int, person: Person) -> None:
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


def _person(row: Record) -> Person:
    return Person(
        row["nik"],
        row["name"],
        row["born_on"],
        row["address"],
        EmailAddress.stored(row["email"]),
        row["membership_number"],
    )
