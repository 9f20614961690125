"""The door: layoff reports, claims and evidence come in, verdicts and the state of a claim go out.

Nothing here decides and nothing here talks to Temporal: a request is one step of the claim in PostgreSQL and
is answered from it, so the door is open while Temporal is down.
"""
