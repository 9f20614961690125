"""What goes wrong with a transfer, chosen by the last four digits of the beneficiary's account number."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.parties.bank.snap import Answer


class Execution(StrEnum):
    """What becomes of the money."""

    AT_ONCE = "at_once"
    LATER = "later"
    FAILS_LATER = "fails_later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Fault:
    """One way for a transfer to go. `hidden`: for a while the status inquiry does not find it."""

    name: str
    execution: Execution
    answer: Answer
    hidden: bool = False
    returned: bool = False


_OK = Answer(200, "00", "Successful")
_LOST = Answer(200, "00", "Successful", lost=True)
_IN_PROGRESS = Answer(202, "00", "Request In Progress")
_CLOSED = Answer(403, "18", "Inactive Card/Account/Customer")
_DORMANT = Answer(403, "09", "Dormant Account")
_INVALID = Answer(404, "11", "Invalid Card/Account/Customer")
NO_FUNDS = Answer(403, "14", "Insufficient Funds")

NONE = Fault("paid", Execution.AT_ONCE, _OK)

NEVER_ARRIVES = "0505"

BY_SUFFIX = {
    "0200": NONE,
    "0504": Fault("paid, answer lost", Execution.AT_ONCE, _LOST),
    "0500": Fault("paid, answered 500", Execution.AT_ONCE, Answer(500, "01", "Internal Server Error")),
    "0202": Fault("in progress, then paid", Execution.LATER, _IN_PROGRESS),
    "0206": Fault("in progress, then failed", Execution.FAILS_LATER, _IN_PROGRESS),
    "0407": Fault(
        "paid, not found for a while", Execution.AT_ONCE, Answer(504, "00", "Timeout"), hidden=True
    ),
    "0418": Fault("paid, inconsistent", Execution.AT_ONCE, Answer(404, "18", "Inconsistent Request")),
    "0475": Fault("paid, returned the next day", Execution.AT_ONCE, _OK, returned=True),
    "0411": Fault("no such account", Execution.REFUSED, _INVALID),
    "0318": Fault("account closed", Execution.REFUSED, _CLOSED),
    "0409": Fault("account dormant", Execution.REFUSED, _DORMANT),
    "0614": Fault("no funds", Execution.REFUSED, NO_FUNDS),
}

BY_ACCOUNT_STATUS = {
    "closed": BY_SUFFIX["0318"],
    "dormant": BY_SUFFIX["0409"],
    "unknown": BY_SUFFIX["0411"],
}


def is_magic(account: str) -> bool:
    """Whether the number's last four digits ask for something."""
    return account[-4:] in BY_SUFFIX or account[-4:] == NEVER_ARRIVES


def fault_for(account: str, status: str | None) -> Fault:
    """How a transfer to this account goes; `status` is the seeded one, None when the number is unknown."""
    if status in BY_ACCOUNT_STATUS:
        return BY_ACCOUNT_STATUS[status]
    unmarked = BY_SUFFIX["0411"] if status is None else NONE
    return BY_SUFFIX.get(account[-4:], unmarked)
