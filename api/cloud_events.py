"""CloudEvents 1.0 over HTTP: structured (`application/cloudevents+json`) and binary (`ce-*` headers)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.http import HTTPMessage, from_binary, from_structured
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from api.problems import FieldError, ProblemFound

STRUCTURED = "application/cloudevents+json"
# A source holds a colon or a slash, so that no event can pass for a message of a client.
SOURCE = re.compile(r"(?=.*[:/])[\x21-\x7e]{1,200}")
ID = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True)
class ReadEvent:
    """An event as far as it is used; `at` says where in the body its data stands."""

    id: str
    source: str
    type: str
    data: object
    at: tuple[str, ...]


def read_event(headers: Mapping[str, str], body: bytes) -> ReadEvent:
    """The event of a request; raises ProblemFound."""
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    structured = content_type == STRUCTURED
    binary = content_type == "application/json" and any(name.startswith("ce-") for name in headers)
    if not structured and not binary:
        raise ProblemFound("unsupported_media_type")
    event = _parse(HTTPMessage(dict(headers), body), structured)
    _require(event.get_id(), ID, "id", structured)
    _require(event.get_source(), SOURCE, "source", structured)
    at = ("data",) if structured else ()
    return ReadEvent(event.get_id(), event.get_source(), event.get_type(), event.get_data(), at)


def attribute_error(name: str, code: str, message: str, *, structured: bool) -> FieldError:
    """An error in an attribute of the event, where the caller wrote it."""
    return FieldError(pointer=f"#/{name}" if structured else f"header:ce-{name}", code=code, message=message)


def _parse(message: HTTPMessage, structured: bool) -> BaseCloudEvent:
    try:
        content = json.loads(message.body)
    except (ValueError, RecursionError):
        raise ProblemFound("malformed_body") from None
    if structured and not isinstance(content, dict):
        raise ProblemFound("malformed_event")
    read = from_structured if structured else from_binary
    try:
        return read(message, JSONFormat(), _event)
    except CloudEventValidationError as error:
        wrong = [
            attribute_error(name, "attribute_invalid", "is missing or malformed", structured=structured)
            for name in error.errors
        ]
        raise ProblemFound("malformed_event", errors=wrong) from None
    except (ValueError, TypeError, AttributeError):
        wrong = [attribute_error("time", "attribute_invalid", "must be RFC 3339", structured=structured)]
        raise ProblemFound("malformed_event", errors=wrong) from None


def _event(attributes: dict[str, Any], data: Any) -> BaseCloudEvent:
    """The package would invent an id or a version that is missing; None makes it complain instead."""
    return CloudEvent({"id": None, "specversion": None, **attributes}, data)


def _require(value: str, pattern: re.Pattern[str], name: str, structured: bool) -> None:
    if not pattern.fullmatch(value):
        wrong = attribute_error(
            name, "attribute_invalid", f"must match {pattern.pattern}", structured=structured
        )
        raise ProblemFound("malformed_event", errors=[wrong])
