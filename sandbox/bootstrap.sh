#!/bin/sh
# Makes .venv from requirements.lock: every package by hash, uv and the build backend included.
set -eu
cd "$(dirname "$0")/.."
python=${JKP_PYTHON:-python3}

fail() { echo "jkp: $*" >&2; exit 1; }

# Two first runs at the same time would install over each other.
if [ -z "${JKP_BOOTSTRAP_LOCKED:-}" ] && command -v flock >/dev/null; then
	JKP_BOOTSTRAP_LOCKED=1 exec flock . "$0"
fi

if ! .venv/bin/python -c '' 2>/dev/null; then
	command -v "$python" >/dev/null ||
		fail "no $python found; install Python 3.11 or later, or set JKP_PYTHON to one"
	"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
		fail "$python is $("$python" -V 2>&1); Python 3.11 or later is needed: set JKP_PYTHON to one"
	rm -rf .venv
	"$python" -m venv .venv ||
		fail "$python cannot make a virtual environment; install its venv package (Debian: python3-venv)"
fi

if ! .venv/bin/python -m uv --version >/dev/null 2>&1; then
	only_uv=$(mktemp)
	trap 'rm -f "$only_uv"' EXIT
	sed -n '/^uv==/,/[^\\]$/p' requirements.lock >"$only_uv"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$only_uv"
fi

# uv does not read pip's configuration, which may name the only registry within reach.
if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then
	index=$("$python" -m pip config get global.index-url 2>/dev/null || true)
	index=${PIP_INDEX_URL:-$index}
	if [ -n "$index" ]; then export UV_DEFAULT_INDEX="$index"; fi
fi

echo "jkp: installing the locked packages into .venv"
uv() { .venv/bin/python -m uv "$@" --quiet --python .venv/bin/python; }
uv pip sync --require-hashes requirements.lock
uv pip install --no-deps --no-build-isolation --editable .
