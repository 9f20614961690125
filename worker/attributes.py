"""The search attributes the engine needs, without personal data, and the check that they are there."""

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

SEARCH_ATTRIBUTES = {
    "ClaimStatus": "Keyword",
    "BenefitMonth": "Int",
    "Province": "Keyword",
    "Regime": "Keyword",
    "WaitingFor": "Keyword",
    "NextDeadline": "Datetime",
    "NextDeadlineKind": "Keyword",
    "PaymentState": "Keyword",
    "HoldReason": "Keyword",
}


class SearchAttributesMissing(Exception):
    """The namespace lacks search attributes; the message gives the command that adds them."""


async def assert_search_attributes(client: Client) -> None:
    """Raise SearchAttributesMissing unless the namespace knows every search attribute by its type."""
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    known = {name: IndexedValueType.Name(kind) for name, kind in answer.custom_attributes.items()}
    missing = {
        name: kind
        for name, kind in SEARCH_ATTRIBUTES.items()
        if known.get(name) != f"INDEXED_VALUE_TYPE_{kind.upper()}"
    }
    if missing:
        flags = " ".join(f"--name {name} --type {kind}" for name, kind in missing.items())
        raise SearchAttributesMissing(
            f"run: temporal operator search-attribute create --namespace {client.namespace} {flags}"
        )
