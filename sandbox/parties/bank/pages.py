"""The bank's page: balance, statement and transfers of the source account."""

from sandbox.parties.bank.frame import environment
from sandbox.parties.bank.ledger import Ledger

SHOWN_ROWS = 100

_PAGE = environment().from_string("""{% extends frame %}
{% block main %}
<div class="figures">
<div class="figure"><span>Opening balance</span><b>{{ opening | rupiah }}</b></div>
<div class="figure"><span>Paid out ({{ totals.debits }})</span><b>{{ totals.debit | rupiah }}</b></div>
<div class="figure"><span>Returned ({{ totals.credits }})</span><b>{{ totals.credit | rupiah }}</b></div>
<div class="figure"><span>Balance</span><b>{{ balance | rupiah }}</b></div>
</div>
<h2>Statement <span class="quiet">rekening koran{% if hidden %}, \
the newest {{ lines | length }} lines of {{ hidden }}{% endif %}</span></h2>
<div class="sheet"><table>
<tr><th>Time</th><th>Reference</th><th>Account</th><th class="number">Debit</th>
<th class="number">Credit</th><th class="number">Balance</th></tr>
{% for line in lines %}
<tr><td class="nowrap">{{ line.at | instant }}</td><td class="code">{{ line.reference }}</td>
<td class="code">{{ line.account }}</td>
<td class="number">{% if line.type == "DEBIT" %}{{ line.amount | rupiah }}{% endif %}</td>
<td class="number credit">{% if line.type == "CREDIT" %}{{ line.amount | rupiah }}{% endif %}</td>
<td class="number">{{ line.balance | rupiah }}</td></tr>
{% else %}<tr><td colspan="6" class="quiet">No lines yet.</td></tr>
{% endfor %}
</table></div>
<h2>Transfers received <span class="quiet">and what the bank answered</span></h2>
<div class="sheet"><table>
<tr><th>Time</th><th>Reference</th><th>Account</th><th class="number">Amount</th>
<th>State</th><th>Answer</th><th>Story</th></tr>
{% for made in transfers %}
<tr><td class="nowrap">{{ made.received_at | instant }}</td><td class="code">{{ made.reference }}</td>
<td class="code">{{ made.account }}</td><td class="number">{{ made.amount | rupiah }}</td>
<td class="nowrap{{ " bad" if made.state in ("refused", "failed", "returned") }}">
{{ made.state | replace("_", " ") }}</td>
<td class="code">{{ made.answered or "lost" }}</td><td class="quiet">{{ made.fault }}</td></tr>
{% else %}<tr><td colspan="7" class="quiet">No transfers yet.</td></tr>
{% endfor %}
</table></div>
<p class="quiet">The same as JSON: <a href="/simulator/statement.json">statement</a>,
<a href="/simulator/transfers.json">transfers</a>.</p>
{% endblock %}""")


def statement_page(ledger: Ledger, now: str) -> str:
    """HTML, newest first, under 100 KB whatever the statement's length."""
    lines, transfers = ledger.lines(), ledger.transfers()
    return _PAGE.render(
        title="Bank Simulasi",
        subtitle=f"Account {ledger.source_account} · {now}",
        opening=ledger.opening_balance,
        totals=ledger.totals(),
        balance=ledger.balance(),
        lines=lines[::-1][:SHOWN_ROWS],
        hidden=len(lines) if len(lines) > SHOWN_ROWS else 0,
        transfers=transfers[::-1][:SHOWN_ROWS],
    )
