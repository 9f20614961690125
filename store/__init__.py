"""What is remembered: streams, the transactional step, messages, wake-ups, people, orders, ledger, clock.

Nothing here decides: that is `claims`. Nothing else appends events: `store.claims.step` is the only way.
"""
