"""The documentation as one page without script: every operation with a call to copy and its answer."""

import json
import shlex
from typing import Any

from fastapi import APIRouter, Request
from jinja2 import Environment
from starlette.responses import HTMLResponse

from api.http.requests import StrictRoute

router = APIRouter(route_class=StrictRoute, include_in_schema=False)

_STYLE = """
:root { --ink: #1c2430; --quiet: #66707f; --line: #e3e7ec; --ground: #f5f6f8; --tone: #14507a; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header { background: var(--tone); color: #fff; padding: 18px max(28px, calc((100% - 1124px) / 2)); }
header h1 { margin: 0; font-size: 20px; font-weight: 600; }
header p { margin: 2px 0 0; opacity: .85; font-size: 14px; }
header a { color: inherit; }
main { max-width: 1180px; margin: 24px auto; padding: 0 28px; }
nav, article { background: #fff; border: 1px solid var(--line); border-radius: 8px; padding: 14px 18px;
  margin-bottom: 18px; }
nav a { display: block; color: inherit; text-decoration: none; padding: 1px 0; }
nav a:hover { text-decoration: underline; }
h2 { font-size: 16px; margin: 26px 0 10px; }
h2 small { font-weight: 400; color: var(--quiet); margin-left: 8px; }
h3 { font: 600 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; margin: 0 0 6px; }
b.method { display: inline-block; min-width: 52px; color: var(--tone); font-weight: 700;
  font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; }
p { margin: 0 0 10px; white-space: pre-line; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 14px; }
@media (max-width: 860px) { .beside { grid-template-columns: minmax(0, 1fr); } }
pre { margin: 0; padding: 12px 14px; background: var(--ground); border-radius: 6px; overflow: auto;
  max-height: 460px; font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
figcaption, .quiet { color: var(--quiet); font-size: 13px; }
figure { margin: 0 0 10px; }
"""

_PAGE = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>{{ style | safe }}</style></head>
<body><header><h1>{{ title }} {{ version }}</h1>
<p>{{ summary }}. <a href="/openapi.json">OpenAPI document</a></p></header><main>
<nav>{% for section in sections %}{% for o in section.operations %}
<a href="#{{ o.id }}"><b class="method">{{ o.method }}</b> {{ o.path }}</a>{% endfor %}{% endfor %}</nav>
{% for section in sections %}<h2>{{ section.name }}<small>{{ section.text }}</small></h2>
{% for o in section.operations %}<article id="{{ o.id }}">
<h3><b class="method">{{ o.method }}</b> {{ o.path }}</h3><p>{{ o.text }}</p>
<div class="beside"><div>{% for call in o.calls %}<figure><figcaption>{{ call.name }}</figcaption>
<pre>{{ call.text }}</pre></figure>{% endfor %}</div><div>{% for answer in o.answers %}
<figure><figcaption>{{ answer.name }}</figcaption>
<pre>{{ answer.text }}</pre></figure>{% endfor %}</div></div>
{% for problem in o.problems %}<div class="quiet">{{ problem }}</div>{% endfor %}
</article>{% endfor %}{% endfor %}</main></body></html>"""
)


@router.get("/docs")
async def get_documentation(request: Request) -> HTMLResponse:
    """The page."""
    document = request.app.openapi()
    base = str(request.base_url).rstrip("/")
    sections = [
        {
            "name": tag["name"].capitalize(),
            "text": tag["description"],
            "operations": _operations(document, tag["name"], base),
        }
        for tag in document["tags"]
    ]
    return HTMLResponse(_PAGE.render(**document["info"], style=_STYLE, sections=sections))


def _operations(document: dict[str, Any], tag: str, base: str) -> list[dict[str, Any]]:
    return [
        {
            "id": operation["operationId"],
            "method": method.upper(),
            "path": path,
            "text": operation["description"].replace("`", ""),
            "calls": _calls(method, base + path, operation),
            "answers": _answers(operation),
            "problems": [
                f"{status} {response['description']}".replace("`", "")
                for status, response in operation["responses"].items()
                if status >= "400"
            ],
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    ]


def _calls(method: str, address: str, operation: dict[str, Any]) -> list[dict[str, str]]:
    headers = []
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            example = _example(parameter)
            address = address.replace(f"{{{parameter['name']}}}", example or "$CLAIM")
        elif parameter["required"]:
            headers.append(f"{parameter['name']}: {_example(parameter)}")
    bodies = operation.get("requestBody", {}).get("content", {})
    if not bodies:
        return [{"name": "call", "text": _curl(method, address, headers)}]
    binary = [f"{p['name']}: {p['example']}" for p in operation["parameters"] if "example" in p]
    return [
        {
            "name": name.replace("_", " "),
            "text": _curl(
                method,
                address,
                [*headers, f"content-type: {media_type}", *(binary if name == "binary" else ())],
                example["value"],
            ),
        }
        for media_type, content in bodies.items()
        for name, example in content["examples"].items()
    ]


def _example(parameter: dict[str, Any]) -> str:
    return str(next(iter(parameter["schema"].get("examples", ())), ""))


def _curl(method: str, address: str, headers: list[str], body: object = None) -> str:
    verb = "" if method == "get" else f"-X {method.upper()} "
    lines = [f"curl {verb}{address}", *(f"-H {shlex.quote(header)}" for header in headers)]
    if body is not None:
        lines.append("-d " + shlex.quote(json.dumps(body, indent=1, ensure_ascii=False)))
    return " \\\n  ".join(lines)


def _answers(operation: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "name": f"{status} {response['description']}",
            "text": json.dumps(response["content"]["application/json"]["example"], indent=1),
        }
        for status, response in sorted(operation["responses"].items(), reverse=True)
        if status < "400"
    ]
