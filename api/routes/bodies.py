"""What portals send, where it holds personal data; the rest comes in as the messages of `claims` themselves.

Values of these models are never printed: errors hide their input, representations show no field.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, field_validator

from claims.commands.command import AboutADecision, FileClaim, RecordJobSearch
from claims.commands.email_addresses import EmailField
from claims.events import Document, Party, Payer
from claims.events.contact import PersonVersion
from claims.events.facts import (
    Code,
    Contract,
    EffortKind,
    EffortState,
    FixedTermContract,
    JobSearchEffort,
    Layoff,
    LayoffProof,
    Participant,
    ProgrammeDay,
    Province,
    Regency,
    RupiahAmount,
    ShortText,
)
from law.grounds import Frozen
from law.limits import Count, Day, Instant, OneLine, Sha256, Truth
from law.names import WithoutNumber
from law.nik import Nik
from law.regimes import LAW
from law.rules import SeparationReason
from store.people import Account, Person


def _nik(digits: str) -> str:
    return Nik(digits).digits


Line = Annotated[str, Field(min_length=1, max_length=200, repr=False), OneLine]
PersonName = Annotated[Line, WithoutNumber]
NikDigits = Annotated[
    str,
    AfterValidator(_nik),
    Field(
        description="Nomor Induk Kependudukan, 16 digits",
        json_schema_extra={"pattern": "^[0-9]{16}$"},
        repr=False,
    ),
]


class Body(Frozen):
    """A body that refuses unknown fields and never shows its values."""

    model_config = ConfigDict(hide_input_in_errors=True)


class Employer(Body):
    """Pemberi kerja: name, domicile and BPJS Ketenagakerjaan registration (Pasal 9(2)a, b)."""

    name: Annotated[ShortText, WithoutNumber]
    domicile: Line
    registration: Code


class Worker(Body):
    """Pekerja: who was laid off (Pasal 9(2)c-f); `province` and `regency` are Kemendagri codes."""

    name: PersonName
    address: Line
    province: Province
    regency: Regency
    membership_number: Annotated[str, Field(pattern=r"^[0-9A-Z-]{5,20}$", repr=False)]
    nik: NikDigits
    born_on: Annotated[Day, Field(repr=False)]
    email: Annotated[EmailField, Field(repr=False)]

    @field_validator("regency")
    @classmethod
    def _lies_in_province(cls, regency: str, info: ValidationInfo) -> str:
        if not regency.startswith(info.data.get("province", "")):
            raise ValueError("must begin with the code of the province")
        return regency


class LayoffReport(Body):
    """Laporan PHK: the data of the event (Permenaker 2/2025 Pasal 9(2))."""

    employer: Employer
    worker: Worker
    contract: Contract
    laid_off_on: ProgrammeDay
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
            sex=Nik(self.worker.nik).sex,
        )


class BankAccount(Body):
    """Rekening in the participant's own name (Permenaker 2/2025 Pasal 13(7))."""

    bank_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{3,11}$", repr=False)]
    account_number: Annotated[str, Field(pattern=r"^[0-9]{5,18}$", repr=False)]
    holder_name: PersonName

    def account(self) -> Account:
        """What `people` keeps of it."""
        return Account(self.bank_code, self.account_number, self.holder_name)


class EmailChange(Body):
    """Penggantian alamat surel: `nik` says who asks and must be the claim's participant."""

    nik: NikDigits
    email: Annotated[EmailField, Field(repr=False)]


class PersonDataDecision(Body):
    """Keputusan petugas over a person's data that differ: which version, adopted or not, and why."""

    actor: Code
    version: PersonVersion
    adopts: Truth
    reason: ShortText


class Commitment(Body):
    """Surat pernyataan KAPK: which text was signed, by version and SHA-256 of the text."""

    version: Code
    sha256: Sha256


class Filing(Body):
    """Pengajuan klaim: `nik` says who files and must be the claim's participant."""

    nik: NikDigits
    bank_account: BankAccount
    commitment: Commitment

    def message(self, participant: Participant, account_version: int) -> FileClaim:
        """What the claim is told; person and account stand in `people`."""
        return FileClaim(
            participant=participant,
            account_version=account_version,
            commitment_version=self.commitment.version,
            commitment_sha256=self.commitment.sha256,
        )


class Certification(Body):
    """Pengajuan manfaat of the month in the address; to send it is to state that one is without work."""

    without_work: Literal[True]
    status_form: Truth = Field(
        default=True,
        description="whether the form that month 6 asks for is enclosed; where it is not, it may follow with "
        "another application until the window closes (Permenaker 2/2025 Pasal 13(5))",
    )


class Effort(Body):
    """Lamaran kerja or panggilan wawancara as its portal tells it, under the portal's own number."""

    reference: Code
    kind: EffortKind = EffortKind.APPLICATION
    company: Annotated[ShortText, WithoutNumber]
    position: Annotated[ShortText, WithoutNumber]
    done_on: Day
    state: EffortState = Field(
        default="sent", description="what is not `sent` is recorded and does not count"
    )
    told_at: Instant | None = Field(
        default=None,
        description="when the participant told the portal, where it could not pass it on at once: "
        f"not after the receipt, and at most {LAW.regimes[-1].told_late_days.value} days before it",
    )


class JobApplications(Body):
    """Lamaran kerja dan panggilan wawancara, 1 to 50 at once."""

    efforts: Annotated[tuple[Effort, ...], Field(min_length=1, max_length=50)]

    def message(self) -> RecordJobSearch:
        """What the claim is told; the HTTP API adds the portal."""
        return RecordJobSearch(
            efforts=tuple(JobSearchEffort(**effort.model_dump()) for effort in self.efforts)
        )


class EffortWithdrawal(Body):
    """Lamaran ditarik: by the portal that told it, under the number it had there."""

    reference: Code


class OfficerDecision(Body):
    """Keputusan petugas over a referred claim: who decides, what, and why (no personal data in `reason`).

    `question` 0 is the referral; `payer` says who pays the months first where contributions were in arrears.
    """

    actor: Code
    approves: Truth
    reason: ShortText
    question: Count = Field(default=0, exclude_if=lambda question: question == 0)
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


class Correction(AboutADecision):
    """Perbaikan keputusan: who puts what right, and why (no personal data in `reason`).

    `what` is `refusal`, `cessation`, or `month` with its number. Not `founded` dismisses the objection to
    it; `payer` as in an approval, of a refusal alone.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    actor: Code
    reason: ShortText
    founded: Truth = True
    payer: Payer | None = Field(default=None, exclude_if=lambda payer: payer is None)


class DocumentRequest(Body):
    """Permintaan dokumen: which officer asks, and for what."""

    actor: Code
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=6)]


class TrueWage(Body):
    """Upah yang sebenarnya: which inspector found it, what it is, and the number of the finding."""

    actor: Code
    true_wage_idr: Annotated[RupiahAmount, Field(repr=False)]
    reference: Code
