"""What the player does with the simulated parties: seed accounts and records, read statement and letters."""

import re
from types import TracebackType
from typing import Any

import httpx2

from sandbox.world import BankAccount, Person

Json = dict[str, Any]


class Outside:
    """The bank, BPJS Ketenagakerjaan and the mailbox, by their own simulator routes."""

    def __init__(self, *, bank_url: str, bpjs_url: str, mailbox_url: str) -> None:
        self._bank, self._bpjs, self._mailbox = bank_url, bpjs_url, mailbox_url
        self._http = httpx2.AsyncClient(timeout=15, trust_env=False)

    async def __aenter__(self) -> "Outside":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def seed(self, person: Person) -> None:
        """BPJS knows the person's record, the bank the person's account."""
        await self._put(f"{self._bpjs}/simulator/participants/{person.nik}", person.record)
        await self.open_account(person.account)

    async def open_account(self, account: BankAccount) -> None:
        """An account at another bank, with its holder's name as banks write it."""
        await self._put(f"{self._bank}/simulator/accounts/{account.number}", {"name": account.holder.upper()})

    async def correct_record(self, person: Person, changes: Json) -> None:
        """BPJS knows something else of the person from now on."""
        url = f"{self._bpjs}/simulator/participants/{person.nik}"
        (await self._http.patch(url, json=changes)).raise_for_status()

    async def statement(self) -> Json:
        """The bank's statement: lines and totals."""
        return await self._get(f"{self._bank}/simulator/statement.json")

    async def letters(self, address: str) -> list[str]:
        """Subjects of the letters to an address, oldest first."""
        told = await self._get(f"{self._mailbox}/messages.json", {"to": address})
        return [letter["subject"] for letter in reversed(told["messages"])]

    async def letter_count(self) -> int:
        """How many letters were received, as the mailbox's page says it."""
        answer = await self._http.get(self._mailbox)
        found = re.search(r"(\d+) letters received", answer.raise_for_status().text)
        return int(found[1]) if found else 0

    async def _put(self, url: str, body: Json) -> None:
        (await self._http.put(url, json=body)).raise_for_status()

    async def _get(self, url: str, query: dict[str, str] | None = None) -> Json:
        answer = await self._http.get(url, params=query or {})
        answer.raise_for_status()
        told: Json = answer.json()
        return told
