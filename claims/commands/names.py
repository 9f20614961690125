"""The names in a message that hold what no name needs: ten digits or more in a row."""

from claims.commands.command import AttendCounselling, AttendTraining, Command, RecordJobSearch, ReportLayoff
from law.names import holds_a_number

EFFORT_NAMES = ("company", "position")


def numbers_in_names(message: Command) -> tuple[str, ...]:
    """The names in a message that hold such a number, by their JSON pointers (`/efforts/0/company`)."""
    return tuple(pointer for pointer, name in _names(message) if holds_a_number(name))


def _names(message: Command) -> tuple[tuple[str, str], ...]:
    match message:
        case ReportLayoff(layoff=layoff):
            return (("/layoff/employer_name", layoff.employer_name),)
        case RecordJobSearch(efforts=efforts):
            names = ((n, name, getattr(e, name)) for n, e in enumerate(efforts) for name in EFFORT_NAMES)
            return tuple((f"/efforts/{number}/{name}", text) for number, name, text in names)
        case AttendCounselling(office=office):
            return (("/office", office),)
        case AttendTraining(provider=provider, course=course):
            return (("/provider", provider), ("/course", course))
        case _:
            return ()
