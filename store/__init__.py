"""What is remembered: streams, the transactional step, messages, wake-ups, people, orders, ledger, clock.

Nothing here decides: the law is in `claims`. Nothing else appends events: `store.step` is the only way.
"""
