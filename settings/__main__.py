"""`python -m settings`: the page docs/settings.md."""

from settings.table import page

print(page(), end="")
