"""Operators: what stands still, payments, calendars, replays, and Temporal from the streams."""
