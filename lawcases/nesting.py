"""How deep a file of cases nests: found in its text, before anything tries to read it."""

import re

DEPTH_MAX = 20
DEPTH_OF_A_CASE = 3
MARKS = re.compile(r'"(?:[^"\\]|\\.)*+"|[][{}]')


def nested_too_deep(text: str) -> str:
    """Which case nests deeper than any that can be meant, and on which line; empty where none does."""
    depth = case = 0
    for mark in MARKS.finditer(text):
        if mark[0] in "{[":
            depth += 1
            case += depth == DEPTH_OF_A_CASE
        elif mark[0] in "}]":
            depth -= 1
        if depth > DEPTH_MAX:
            line = text.count("\n", 0, mark.start()) + 1
            return f"case number {case}: line {line}: nested more than {DEPTH_MAX} deep; a case needs fewer"
    return ""
