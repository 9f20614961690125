.DEFAULT_GOAL := help
.PHONY: help run test havoc oracle mutate check bench clean

JKP_PYTHON ?= python3
JKP_DATA ?= .jkp
ARGS ?=
SEED ?= 0
SHARE ?= 1
export SEED SHARE
INSTALLED := .venv/installed

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST)

run: $(INSTALLED) ## start everything and play the main job (ARGS="--exit --report FILE")
	.venv/bin/jkp run $(ARGS)

test: check ## check, then every test on the real servers
	.venv/bin/pytest -n 2 --dist worksteal

havoc: $(INSTALLED) ## every life under each kind of havoc at every step, and long outages
	.venv/bin/pytest -n 2 -m long --hypothesis-seed=$(SEED) tests/sandbox tests/workflows tests/worker

oracle: $(INSTALLED) ## the law against a second implementation and the estimator, and letters in every state (SEED=7: others; SHARE=10: a tenth)
	.venv/bin/pytest -n 2 -m long --hypothesis-seed=$(SEED) tests/law tests/lawcases tests/claims tests/activities

mutate: $(INSTALLED) ## mutants of the law against its tests (ARGS="law.periods": only these modules; ARGS="--sample=300" SEED=7: as many drawn)
	PYTHONPATH=.:tests .venv/bin/python -m mutation $(ARGS)

check: $(INSTALLED) ## format, lint, types, import contracts
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: $(INSTALLED) ## the benchmarks as a table (ARGS="--json FILE")
	.venv/bin/jkp bench $(ARGS)

clean: ## remove the data of the sandbox ($JKP_DATA, or .jkp)
	rm -rf -- "$(JKP_DATA)"

$(INSTALLED): requirements.lock pyproject.toml sandbox/bootstrap.sh
	JKP_PYTHON="$(JKP_PYTHON)" sandbox/bootstrap.sh
	touch $@
