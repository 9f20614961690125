"""Streams of events, messages, wake-ups, the clock, and what was set apart."""
