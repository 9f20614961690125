"""The OpenAPI document."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.http.problems import Problem
from api.routes.bodies import LayoffReport
from api.routes.layoff_reports import LayoffReportEvent

TAGS = {
    "layoff reports": "A claim begins with the report of a layoff.",
    "evidence": "What is said to a claim: recorded whatever it is, and answered with its verdict.",
    "desk": "What officers, employers, inspectors and BPJS Ketenagakerjaan say to a claim.",
    "claims": "What is known of a claim.",
    "health": "For those who run the HTTP API.",
}


def described(app: FastAPI) -> FastAPI:
    """Let OpenAPI tell the truth: problems for every error, the CloudEvent, no default error schema."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        routes=app.routes,
        openapi_version="3.1.0",
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    for path in document["paths"].values():
        for operation in path.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    schemas = document["components"]["schemas"] | _more_schemas()
    framework = ("HTTPValidationError", "ValidationError")
    document["components"]["schemas"] = {
        name: schema for name, schema in sorted(schemas.items()) if name not in framework
    }
    return document


def _more_schemas() -> dict[str, Any]:
    """Schemas of what is read and written by hand."""
    models: list[tuple[Any, Any]] = [
        (LayoffReportEvent, "validation"),
        (LayoffReport, "validation"),
        (Problem, "serialization"),
    ]
    _, schemas = models_json_schema(models, ref_template="#/components/schemas/{model}")
    found: dict[str, Any] = schemas["$defs"]
    return found


def printed(document: dict[str, Any]) -> str:
    """The document as it is checked in."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
