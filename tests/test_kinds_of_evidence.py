"""A kind of evidence stands in one list of each package, and none of the lists lacks one."""

from typing import get_args

from fastapi.routing import APIRoute

from api.routes import evidence
from claims.commands.command import DirectCommand
from claims.commands.evidence import DirectEvidence, EvidenceMessage
from claims.events.evidence import EvidenceEvent
from lawcases.format.messages import OneSaid
from workflows.claim import ClaimWorkflow
from workflows.signals import ClaimSignals

NEWS = {"wake", "filed"}
DIRECT = {kind.model_fields["kind"].default for kind in get_args(get_args(DirectCommand)[0])}
EVIDENCE = {kind.model_fields["kind"].default for kind in get_args(EvidenceMessage)}
# A job search is of applications and calls, each an event.
EFFORTS_OF_ONE_MESSAGE = 1


def test_each_kind_that_may_come_directly_has_a_signal_of_its_name() -> None:
    handlers = {
        name for name, of in vars(ClaimSignals).items() if hasattr(of, "__temporal_signal_definition")
    }

    assert ClaimWorkflow.SIGNALS == DIRECT | NEWS
    assert handlers == ClaimWorkflow.SIGNALS | {"unknown"}


def test_each_kind_that_may_come_directly_may_come_by_the_door() -> None:
    paths = {route.path for route in evidence.router.routes if isinstance(route, APIRoute)}

    assert {path.rpartition("/")[2].replace("-", "_") for path in paths} >= DIRECT


def test_evidence_is_what_may_come_directly_what_a_portal_takes_back_and_what_cannot_be_read() -> None:
    direct = {kind.model_fields["kind"].default for kind in get_args(DirectEvidence)}

    assert direct | {"application_withdrawal", "refused_message"} == EVIDENCE
    assert len(get_args(EvidenceEvent)) == len(EVIDENCE) + EFFORTS_OF_ONE_MESSAGE


def test_a_law_case_can_say_each_kind() -> None:
    said = {say for kind in get_args(OneSaid) for say in get_args(kind.model_fields["say"].annotation)}

    assert said >= DIRECT
