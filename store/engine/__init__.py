"""Streams of any kind: events in a chain, messages, the transactional step, and what was set apart."""
