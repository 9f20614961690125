"""The frame around every simulator's pages: one stylesheet, no script, rupiah and instants."""

from datetime import datetime

from jinja2 import Environment

from sandbox.parties.programme_time import WIB

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

_STYLE = """
:root { color-scheme: light; --ink: #1c2430; --quiet: #66707f; --line: #e3e7ec; --ground: #f5f6f8;
  --tone: #14507a; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header { background: var(--tone); color: #fff; padding: 18px max(28px, calc((100% - 1124px) / 2)); }
header h1 { margin: 0; font-size: 20px; font-weight: 600; }
header p { margin: 2px 0 0; opacity: .85; font-size: 14px; }
main { max-width: 1180px; margin: 24px auto; padding: 0 28px; }
.figures { display: flex; flex-wrap: wrap; gap: 14px; margin-bottom: 22px; }
.figure { min-width: 170px; padding: 12px 18px; }
.figure span { display: block; color: var(--quiet); font-size: 13px; }
.figure b { font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
.sheet { overflow-x: auto; margin-bottom: 22px; }
.figure, .sheet { background: #fff; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 8px 14px; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-size: 13px; font-weight: 600; color: var(--quiet); white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 13px; }
.nowrap { white-space: nowrap; }
.quiet { color: var(--quiet); }
.credit { color: #1d6f42; }
.bad { color: #a4262c; }
h2 { font-size: 16px; margin: 26px 0 10px; }
a { color: var(--tone); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: 16px 18px;
  font: 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
iframe { width: 100%; height: 560px; border: 0; display: block; }
"""

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>""" + _STYLE + """{% block style %}{% endblock %}</style></head>
<body><header><h1>{{ title }}</h1><p>{{ subtitle }}</p></header>
<main>{% block main %}{% endblock %}</main></body>
</html>"""  # fmt: skip


def rupiah(amount: int) -> str:
    """Whole rupiah with dots, e.g. Rp3.000.000."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def instant(stamp: str) -> str:
    """An ISO instant on Jakarta's clock, e.g. 23 Nov 2026 09.05 WIB."""
    at = datetime.fromisoformat(stamp).astimezone(WIB)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H.%M} WIB"


def environment() -> Environment:
    """Jinja with escaping on, the filters `rupiah` and `instant`, and the template `frame`."""
    made = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"rupiah": rupiah, "instant": instant}
    made.globals["frame"] = made.from_string(_FRAME)
    return made
