"""The page that lists the participants, NIK masked."""

from sandbox.parties.bank.frame import environment
from sandbox.parties.bpjs.records import Participant

SHOWN_ROWS = 150

_PAGE = environment().from_string("""{% extends frame %}
{% block main %}
<div class="figures">
<div class="figure"><span>Participants (peserta)</span><b>{{ count }}</b></div>
<div class="figure"><span>In employment</span><b>{{ active }}</b></div>
</div>
<div class="sheet"><table>
<tr><th>NIK</th><th>Membership (KPJ)</th><th>Registered</th><th>Programmes</th><th>JKN</th><th>Company</th>
<th class="number">Reported wage</th><th class="number">Months paid</th><th>Employment</th></tr>
{% for nik, person in people %}
<tr><td class="code nowrap">{{ nik[:4] }}********{{ nik[-4:] }}</td>
<td class="code">{{ person.membership_number }}</td>
<td class="nowrap">{{ person.registered_on }}</td><td>{{ person.programmes | join(", ") }}</td>
<td>{{ person.jkn_segment or "none" }}</td>
<td>{{ person.company_scale }}{% if person.employer_standing != "operating" %}, \
<span class="bad">{{ person.employer_standing }}</span>{% endif %}</td>
<td class="number">{{ person.reported_wage_idr | rupiah }}</td>
<td class="number">{{ person.months | selectattr("paid_on") | list | length }}
of {{ person.months | length }}</td>
<td>{% if person.reemployed_on %}re-employed {{ person.reemployed_on }}\
{% elif person.employment_active %}active{% else %}<span class="quiet">ended</span>{% endif %}</td></tr>
{% else %}<tr><td colspan="9" class="quiet">Nobody yet.</td></tr>
{% endfor %}
</table></div>
{% if count > people | length %}<p class="quiet">The newest {{ people | length }} are shown.</p>{% endif %}
{% endblock %}""")


def participants_page(people: list[tuple[str, Participant]]) -> str:
    """HTML, newest first."""
    return _PAGE.render(
        title="BPJS Ketenagakerjaan Simulasi",
        subtitle="Contribution records, as the claims engine is told them",
        count=len(people),
        active=sum(person.employment_active for _, person in people),
        people=people[::-1][:SHOWN_ROWS],
    )
