"""The mailbox's pages: the list, and one letter."""

from typing import Any

from sandbox.parties.bank.frame import environment
from sandbox.parties.mailbox.letters import Bodies

SHOWN_ROWS = 200

_ENVIRONMENT = environment()

_LIST = _ENVIRONMENT.from_string("""{% extends frame %}
{% block main %}
<div class="sheet"><table>
<tr><th>Dated</th><th>To</th><th>Subject</th><th class="number">Copies</th></tr>
{% for letter in letters %}
<tr><td class="nowrap">{{ (letter.dated or letter.received_at) | instant }}</td>
<td>{{ letter.recipient }}</td>
<td><a href="/messages/{{ letter.id }}">{{ letter.subject or "(no subject)" }}</a></td>
<td class="number">{{ letter.copies }}</td></tr>
{% else %}<tr><td colspan="4" class="quiet">No letters yet.</td></tr>
{% endfor %}
</table></div>
{% endblock %}""")

_LETTER = _ENVIRONMENT.from_string("""{% extends frame %}
{% block style %}th { width: 130px; }{% endblock %}
{% block main %}
<p><a href="/">All letters</a></p>
<div class="sheet"><table>
<tr><th>From</th><td>{{ letter.sender }}</td></tr>
<tr><th>To</th><td>{{ letter.recipient }}</td></tr>
<tr><th>Dated</th><td>{% if letter.dated %}{{ letter.dated | instant }}
{% else %}not dated{% endif %}</td></tr>
<tr><th>Received</th><td>{{ letter.received_at | instant }} <span class="quiet">(real time)</span></td></tr>
<tr><th>Message-ID</th><td class="code">{{ letter.message_id or "none" }}\
{% if letter.copies > 1 %} <span class="bad">received {{ letter.copies }} times</span>{% endif %}</td></tr>
</table></div>
{% if bodies.text %}<h2>Text</h2><div class="sheet"><pre>{{ bodies.text }}</pre></div>{% endif %}
{% if bodies.html %}<h2>HTML</h2>
<div class="sheet"><iframe sandbox="" title="HTML part" srcdoc="{{ bodies.html }}"></iframe></div>{% endif %}
{% endblock %}""")


def list_page(letters: list[dict[str, Any]], count: int) -> str:
    """HTML, newest first."""
    shown = f", the newest {len(letters)} shown" if count > len(letters) else ""
    return _LIST.render(title="Mailbox", subtitle=f"{count} letters received{shown}", letters=letters)


def letter_page(letter: dict[str, Any], bodies: Bodies) -> str:
    """HTML; the letter's own HTML stands in a frame that runs nothing."""
    return _LETTER.render(
        title=letter["subject"] or "(no subject)", subtitle="Mailbox", letter=letter, bodies=bodies
    )
