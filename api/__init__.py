"""The HTTP API: layoff reports, claims and evidence come in, verdicts and the state of a claim go out.

Nothing here decides and nothing here talks to Temporal: a request is one step of the claim in PostgreSQL and
is answered from it, so the API answers while Temporal is down.
"""
