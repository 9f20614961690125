"""What portals send, where it holds personal data; the rest comes in as the messages of `claims` themselves.

Values of these models are never printed: errors hide their input, representations show no field.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from claims.events import Party
from claims.facts import Code, Contract, FixedTermContract, Layoff, LayoffProof, Participant, ShortText
from claims.nik import Nik
from claims.reasons import Frozen
from claims.rules import SeparationReason
from store.people import Account, Person


def _nik(digits: str) -> str:
    return Nik(digits).digits


NO_CONTROL_CHARACTERS = r"^[^\x00-\x1f\x7f]+$"
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_CONTROL_CHARACTERS, repr=False)]
NikDigits = Annotated[
    str, AfterValidator(_nik), Field(description="Nomor Induk Kependudukan, 16 digits", repr=False)
]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Body(Frozen):
    """A body that refuses unknown fields and never shows its values."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Employer(Body):
    """Pemberi kerja: name, domicile and BPJS Ketenagakerjaan registration (Pasal 9(2)a, b)."""

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=NO_CONTROL_CHARACTERS)]
    domicile: Line
    registration: Code


class Worker(Body):
    """Pekerja: who was laid off (Pasal 9(2)c-f); `province` and `regency` are Kemendagri codes."""

    name: Line
    address: Line
    province: Annotated[str, Field(pattern=r"^\d{2}$")]
    regency: Annotated[str, Field(pattern=r"^\d{4}$")]
    membership_number: Annotated[str, Field(pattern=r"^[0-9A-Z-]{5,20}$", repr=False)]
    nik: NikDigits
    born_on: Annotated[date, Field(repr=False)]
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+$", repr=False)]

    @field_validator("regency")
    @classmethod
    def _lies_in_province(cls, regency: str, info: ValidationInfo) -> str:
        if not regency.startswith(info.data.get("province", "")):
            raise ValueError("must begin with the code of the province")
        return regency

    @field_validator("born_on")
    @classmethod
    def _agrees_with_nik(cls, born_on: date, info: ValidationInfo) -> date:
        if "nik" in info.data and not Nik(info.data["nik"]).agrees_with(born_on):
            raise ValueError("must be the birth date that the NIK holds")
        return born_on


class LayoffReport(Body):
    """Laporan PHK: the data of the event (Permenaker 2/2025 Pasal 9(2))."""

    employer: Employer
    worker: Worker
    contract: Contract
    laid_off_on: Day
    reason: SeparationReason
    proof: LayoffProof
    reported_by: Party

    @field_validator("contract")
    @classmethod
    def _ends_after_its_start(cls, contract: Contract) -> Contract:
        if isinstance(contract, FixedTermContract) and contract.ends_on < contract.started_on:
            raise ValueError("must not end before it starts")
        return contract

    @field_validator("laid_off_on")
    @classmethod
    def _follows_the_start(cls, laid_off_on: date, info: ValidationInfo) -> date:
        contract: Contract | None = info.data.get("contract")
        if contract is not None and laid_off_on < contract.started_on:
            raise ValueError("must not be before the start of the contract")
        return laid_off_on

    def person(self) -> Person:
        """What `people` keeps of the worker."""
        worker = self.worker
        return Person(
            nik=worker.nik,
            name=worker.name,
            born_on=worker.born_on,
            address=worker.address,
            email=worker.email,
            membership_number=worker.membership_number,
        )

    def layoff(self, participant: Participant) -> Layoff:
        """What the claim keeps of the report."""
        return Layoff(
            participant=participant,
            employer_registration=self.employer.registration,
            employer_name=self.employer.name,
            laid_off_on=self.laid_off_on,
            reason=self.reason,
            contract=self.contract,
            proof=self.proof,
            province=self.worker.province,
            regency=self.worker.regency,
        )


class BankAccount(Body):
    """Rekening in the participant's own name (Permenaker 2/2025 Pasal 13(7))."""

    bank_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{3,11}$", repr=False)]
    account_number: Annotated[str, Field(pattern=r"^[0-9]{5,18}$", repr=False)]
    holder_name: Line

    def account(self) -> Account:
        """What `people` keeps of it."""
        return Account(self.bank_code, self.account_number, self.holder_name)


class Commitment(Body):
    """Surat pernyataan KAPK: which text was signed, by version and SHA-256 of the text."""

    version: Code
    sha256: Sha256


class Filing(Body):
    """Pengajuan klaim: `nik` says who files and must be the claim's participant."""

    nik: NikDigits
    bank_account: BankAccount
    commitment: Commitment


class Certification(Body):
    """Pengajuan manfaat of the month in the address; to send it is to state that one is without work."""

    without_work: Literal[True]


class OfficerDecision(Body):
    """Keputusan petugas over a referred claim: who decides, what, and why (no personal data in `reason`)."""

    actor: Code
    approves: bool
    reason: ShortText
