"""Letters that the relay does not take, and letters that were given up."""

from cli.operations.findings.finding import Finding, Look
from store.claims.notices import given_up, waiting_for_the_relay


async def letters_waiting(look: Look) -> list[Finding]:
    """One finding for all: since when the relay does not take letters, and what it said last."""
    waiting = await waiting_for_the_relay(look.pool, seconds=look.late)
    if waiting is None:
        return []
    advice = (
        f"{waiting.letters} letter(s) not taken, last answer: {waiting.last_failure}; "
        "see to the mail relay, no claim waits for it"
    )
    return [Finding("letters waiting", "mail relay", waiting.since, advice)]


async def letter_given_up(look: Look) -> list[Finding]:
    """Each letter that no other attempt would deliver, of claims that go on or ended lately."""
    return [
        Finding(
            "letter given up",
            f"claim/{letter.stream_id} {letter.kind}",
            letter.given_up_at,
            f"{letter.reason}: {ADVICE.get(letter.reason, ASK)}",
        )
        for letter in await given_up(look.pool)
    ]


ASK = "ask the claimant for another channel"
ADVICE = {
    "relay_refuses": "see to the mail relay, then `jkp claim resend`",
    "not_written": "tell the developers; once it is mended, `jkp claim resend`",
}
