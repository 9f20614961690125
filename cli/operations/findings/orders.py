"""Payment orders whose send began and never ended."""

from cli.operations.findings.finding import Finding, Look
from store.claims.queries import orders_sending_longer_than


async def order_sending(look: Look) -> list[Finding]:
    """Orders whose send began long ago and whose outcome nobody recorded."""
    return [
        Finding(
            "order sending",
            str(row["order_id"]),
            row["sending_since"],
            f"never send by hand; see transfer/{row['order_id']} and `jkp claim show {row['stream_id']}`",
        )
        for row in await orders_sending_longer_than(look.pool, look.sending)
    ]
