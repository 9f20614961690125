"""What officers, inspectors, employers, banks and calendars say to a claim in a law case."""

from typing import Annotated, Literal

from pydantic import Field

from claims.commands import command as cmd
from claims.events import Document, Party, Payer
from claims.events.facts import MonthNumber, RupiahAmount
from law.grounds import Ground
from law.periods import Calendar
from lawcases.format.bank import BankWord
from lawcases.format.facts import Day, Known, wib
from lawcases.format.said import BECAUSE, SaidAt, SaidOfDecision


class SaidByOfficer(SaidAt):
    """The decision of an officer over a referred claim (question 0) or over a question."""

    say: Literal["officer_decision"]
    approves: bool
    question: Annotated[int, Field(ge=0)] = 0
    payer: Payer | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.DecideByOfficer(
            approves=self.approves, reason=BECAUSE, question=self.question, payer=self.payer
        )


class SaidPutRight(SaidOfDecision):
    """What an officer puts right, or an objection that is not founded."""

    say: Literal["put_right"]
    founded: bool = True
    payer: Payer | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.PutRight(
            what=self.what,
            month=self.month or 0,
            reason=BECAUSE,
            founded=self.founded,
            payer=self.payer,
        )


class SaidDocuments(SaidAt):
    """Documents that an officer asks for."""

    say: Literal["document_request"]
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=6)]

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.AskForDocuments(documents=self.documents)


class SaidEmployerPaid(SaidAt):
    """A payment of the employer for a month, on the day it is told unless another is given."""

    say: Literal["employer_payment"]
    month: MonthNumber
    amount_idr: RupiahAmount
    paid_on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        paid_on = self.paid_on or wib(self.at).date()
        return cmd.RecordEmployerPayment(
            month=self.month, amount_idr=self.amount_idr, paid_on=paid_on, reference="slip-1"
        )


class SaidReimbursement(SaidAt):
    """An employer asks back what it paid; null where its arrears are not settled."""

    say: Literal["reimbursement_request"]
    arrears_settled_on: Day | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.AskReimbursement(reference="letter-1", arrears_settled_on=self.arrears_settled_on)


class SaidTrueWage(SaidAt):
    """The true wage as an inspector found it."""

    say: Literal["true_wage"]
    true_wage_idr: RupiahAmount

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.FindTrueWage(true_wage_idr=self.true_wage_idr, reference="nota-1")


class SaidLayoffWithdrawn(SaidAt):
    """The report of the layoff is taken back, by who made it unless another is given."""

    say: Literal["layoff_withdrawal"]
    by: Party | None = None

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.WithdrawLayoff(reported_by=self.by or known.reported_by)


class SaidCalendar(SaidAt):
    """A decree: from now on these are the holidays and the days of collective leave."""

    say: Literal["calendar_change"]
    holidays: tuple[Day, ...] = ()
    collective_leave: tuple[Day, ...] = ()

    def message(self, known: Known) -> Calendar:
        """The calendar that counts from now on."""
        return Calendar("as decreed", frozenset(self.holidays), frozenset(self.collective_leave))


class SaidRecordRequest(SaidAt):
    """BPJS is asked again."""

    say: Literal["record_request"]

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.RequestRecord(reason=BECAUSE)


class SaidOfTransfer(SaidAt):
    """What the bank says of the newest order of a month, or of what a raised wage added to it.

    `unsent` was refused before anything was sent, `open` was sent and nothing more is known.
    """

    say: Literal["transfer_outcome"]
    month: MonthNumber
    outcome: Literal["open", "settled", "refused", "unsent", "returned"]
    ground: Literal[Ground.ACCOUNT_REFUSED, Ground.NOT_EXECUTED, Ground.RETURNED_BY_BANK] | None = None
    difference: Annotated[int, Field(ge=0, le=99)] = 0
    amount_idr: RupiahAmount | None = None
    found_by: Literal["answer", "inquiry", "statement"] = "answer"

    def message(self, known: Known) -> BankWord:
        """What is said of an order that the claim alone can name."""
        kind = f"difference/{self.month}/{self.difference}" if self.difference else f"benefit/{self.month}"
        return BankWord(kind, self.outcome, self.ground, self.amount_idr, self.found_by)


class SaidUnreadably(SaidAt):
    """A direct message that nobody could read, and why."""

    say: Literal["refused_message"]
    ground: Literal[
        Ground.MALFORMED, Ground.UNKNOWN_SIGNAL, Ground.WRONG_NUMBER_OF_INPUTS, Ground.NO_MESSAGE_IDENTITY
    ] = Ground.MALFORMED

    def message(self, known: Known) -> cmd.Command:
        """The message to the engine."""
        return cmd.RefusedMessage(name="signal", ground=self.ground, content_sha256="c1" * 32)


SaidByOthers = (
    SaidByOfficer
    | SaidPutRight
    | SaidDocuments
    | SaidRecordRequest
    | SaidEmployerPaid
    | SaidReimbursement
    | SaidTrueWage
    | SaidLayoffWithdrawn
    | SaidCalendar
    | SaidOfTransfer
    | SaidUnreadably
)
