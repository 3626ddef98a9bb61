# What a newcomer types. Each target makes .venv first if it is not there or not up to date.
PORT ?= 8080
SEED ?=
STACK ?=
PY := .venv/bin/python
SOURCES := libs services tests bench tools conftest.py

export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache
export PYTHONDONTWRITEBYTECODE :=
export SEED STACK

.DEFAULT_GOAL := help
.PHONY: help run demo test unit check prove bench screenshots reset venv requirements rules privacy

help:
	@echo "make run | demo | test | unit | check | prove | bench | screenshots | reset     (see README.md)"

venv:
	@sh tools/bootstrap.sh

run: venv
	@exec $(PY) -m devstack run --port $(PORT)

demo: venv
	@if [ -n "$(GATEWAY)" ]; then exec $(PY) -m devstack.demo --gateway $(GATEWAY) $(if $(TWINS),--twins $(TWINS)); \
	else exec $(PY) -m devstack demo --port $(PORT); fi

# STACK=docker: the journeys on containers; see deploy/README.md.
test: venv
	@exec $(if $(filter docker,$(STACK)),sh deploy/containers/with-engine.sh) $(PY) tools/test_lanes.py

# Each service in a process of its own: two services' tables would share one MetaData.
unit: venv
	@for folder in libs/*/tests/unit services/*/tests/unit tests/unit; do \
		[ -d $$folder ] || continue; \
		$(PY) -m pytest -q -p no:schemathesis -m "not integration and not journey and not browser and not faults" $$folder || exit 1; \
	done

check: venv
	@$(PY) -m ruff check -q .
	@$(PY) -m ruff format -q --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo
	@$(PY) -m devstack.checks
	@$(MAKE) --no-print-directory unit

prove: venv
	@exec $(PY) -m devstack prove

bench: venv
	@exec $(PY) -m bench

screenshots: venv
	@exec $(PY) -m devstack screenshots --port $(PORT)

reset: venv
	@exec $(PY) -m devstack reset

requirements: venv
	@for name in uv run demo dev chart; do \
		.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
			requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

rules: venv
	@$(PY) tools/rules_page.py

privacy: venv
	@$(PY) tools/privacy_page.py
