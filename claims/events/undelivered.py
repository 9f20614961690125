"""Surat tidak tersampaikan: why a letter is given up; the words are stored literals."""

from enum import StrEnum


class Undelivered(StrEnum):
    """Why no other attempt is made to send a letter."""

    NO_ADDRESS = "no_address"
    ADDRESS_REFUSED = "address_refused"
    ADDRESS_NOT_SUPPORTED = "address_not_supported"
    LETTER_REFUSED = "letter_refused"
    RELAY_REFUSES = "relay_refuses"
    NOT_WRITTEN = "not_written"
    NOT_TAKEN_IN_TIME = "not_taken_in_time"
