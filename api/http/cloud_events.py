"""CloudEvents 1.0 over HTTP: structured (`application/cloudevents+json`) and binary (`ce-*` headers)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.v1.event import CloudEvent
from pydantic import TypeAdapter, ValidationError
from starlette.datastructures import Headers

from api.http.problems import FIELD_NAME_MAX, FieldError, ProblemFound
from api.http.requests import JSON, check_once, media_type_of, parse_media_type, read_body
from law.limits import Instant, is_storable

STRUCTURED = "application/cloudevents+json"
PREFIX = "ce-"
ATTRIBUTE_MAX = 2000
# A source holds a colon or a slash, so that no event can pass for a message of a client.
SOURCE = re.compile(r"(?=.*[:/])[\x21-\x7e]{1,200}")
ID = re.compile(r"[\x21-\x7e]{1,200}")
TIME: TypeAdapter[Any] = TypeAdapter(Instant)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NO_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class ReadEvent:
    """An event as far as it is used; `at` says where in the body its data stands."""

    id: str
    source: str
    type: str
    data: object
    at: tuple[str, ...]


def read_event(headers: Headers, body: bytes) -> ReadEvent:
    """The event of a request; raises ProblemFound."""
    media_type = media_type_of(headers)
    structured = media_type == STRUCTURED
    named = sorted({name for name in headers if name.startswith(PREFIX)})
    if not structured and not (media_type == JSON and named):
        raise ProblemFound("unsupported_media_type")
    if structured:
        content = read_body(body)
        event = _checked(_attributes_of(content), structured)
        return _read(event, _data_of(content), ("data",))
    check_once(headers, *named)
    data = read_body(body)
    attributes = {name.removeprefix(PREFIX): _decoded(name, headers[name]) for name in named}
    return _read(_checked(attributes, structured), data, ())


def _read(event: CloudEvent, data: object, at: tuple[str, ...]) -> ReadEvent:
    return ReadEvent(event.get_id(), event.get_source(), event.get_type(), data, at)


def attribute_error(name: str, code: str, message: str, *, structured: bool) -> FieldError:
    """An error in an attribute of the event, where the caller wrote it."""
    at = name[:FIELD_NAME_MAX]
    return FieldError(pointer=f"#/{at}" if structured else f"header:{PREFIX}{at}", code=code, message=message)


def _malformed(name: str, message: str, structured: bool) -> ProblemFound:
    wrong = attribute_error(name, "attribute_invalid", message, structured=structured)
    return ProblemFound("malformed_event", errors=[wrong])


def _attributes_of(content: object) -> dict[str, Any]:
    """The attributes of a structured event; one that is null is not set."""
    if not isinstance(content, dict):
        raise ProblemFound("malformed_event")
    attributes = {name: value for name, value in content.items() if value is not None and name != "data"}
    if "data_base64" in attributes:
        raise _malformed("data_base64", "is not taken: send the report as a JSON object in `data`", True)
    return attributes


def _data_of(content: dict[str, Any]) -> object:
    if "data" not in content:
        missing = FieldError(pointer="#/data", code="missing", message="is required")
        raise ProblemFound("invalid_body", errors=[missing])
    return content["data"]


def _decoded(name: str, value: str) -> str:
    """An attribute from its header: quotes taken away, then percent-encoding (HTTP binding 3.1.3.2)."""
    text = value.strip()
    if text.startswith('"'):
        quoted = _QUOTED.fullmatch(text)
        if quoted is None:
            raise _malformed(name.removeprefix(PREFIX), "has quotes that do not end", False)
        text = re.sub(r"\\(.)", r"\1", quoted[1])
    try:
        if _NO_PERCENT.search(text) or not text.isascii():
            raise ValueError
        return unquote(text, errors="strict")
    except ValueError:
        message = "must be ASCII with UTF-8 in percent-encoding"
        raise _malformed(name.removeprefix(PREFIX), message, False) from None


def _checked(attributes: Mapping[str, Any], structured: bool) -> CloudEvent:
    told = dict(attributes)
    for name, value in told.items():
        if isinstance(value, str) and value and not is_storable(value, ATTRIBUTE_MAX):
            raise _malformed(name, f"must be one line of at most {ATTRIBUTE_MAX} characters", structured)
    if "time" in told:
        told["time"] = _time(told["time"], structured)
    try:
        # The package would invent an id or a version that is missing; None makes it complain instead.
        event = CloudEvent({"id": None, "specversion": None, **told})
    except CloudEventValidationError as error:
        wrong = [
            attribute_error(name, "attribute_invalid", "is missing or malformed", structured=structured)
            for name in error.errors
        ]
        raise ProblemFound("malformed_event", errors=wrong) from None
    _require(event.get_id(), ID, "id", structured)
    _require(event.get_source(), SOURCE, "source", structured)
    if parse_media_type(event.get_datacontenttype() or JSON) != (JSON, "utf-8"):
        raise _malformed("datacontenttype", "must be application/json in UTF-8", structured)
    return event


def _time(value: object, structured: bool) -> object:
    try:
        return TIME.validate_python(value)
    except ValidationError:
        raise _malformed("time", "must be RFC 3339, in the years 1900 to 2200", structured) from None


def _require(value: str, pattern: re.Pattern[str], name: str, structured: bool) -> None:
    if not pattern.fullmatch(value):
        raise _malformed(name, f"must match {pattern.pattern}", structured)
