"""Edges of what is decided: what a contradiction, a later fact or a second telling changes and what not."""

from support.builders import a_filing, a_layoff, a_record, a_report, reported
from support.determined import denial

from claims.commands import command as cmd
from law.grounds import Ground
from law.rules import SeparationReason


def test_a_contradiction_about_the_reason_saves_nobody_who_had_the_benefit_three_times() -> None:
    resigned = a_layoff(reason=SeparationReason.RESIGNATION)
    story = reported().when(a_report(resigned, "participant"), "2025-03-04")
    story = story.when(a_filing(), "2025-03-10")
    story = story.when(cmd.RecordContributions(record=a_record(earlier_benefits=3)), "2025-03-10")

    assert denial(story) is Ground.TOO_MANY_CLAIMS
