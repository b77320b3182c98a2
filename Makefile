# Each target works alone on a fresh machine with Python 3.11 to 3.13, make and a package index.
# The environment is another folder with: make VENV=.venv-312 PYTHON=python3.12 test

VENV ?= .venv
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$name && break; done)
export VENV
# One more than there are cores: a test that waits for a timer leaves its core to another.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

IN := $(VENV)/bin
COMPILE := $(IN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help demo test test-one check fix docs reference test-postgresql test-bluesky soak bench cases lock wheel clean \
	runtime dev site

help: ## What there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

demo: runtime ## One simulated week of questions, in pullquote-demo/
	@$(IN)/pullquote demo

test: dev ## All tests but those of real Bluesky servers and the long runs
	@echo "pullquote: running the tests"
	@$(IN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not bluesky and not soak"

test-one: dev ## One test or one file: make test-one T=tests/bot/test_log.py::NAME
	@$(if $(T),,echo "pullquote: which? make test-one T=tests/bot/test_log.py, or with ::NAME" >&2; exit 2;) \
		$(IN)/python -m pytest -n 0 $(T)

check: dev ## Style, types, the direction of imports, and the rules of the house
	$(IN)/ruff check
	$(IN)/ruff format --check
	$(IN)/mypy
	$(IN)/lint-imports --no-cache --no-logo
	$(IN)/python scripts/check_house.py

fix: dev ## Mend what ruff can mend, and format
	$(IN)/ruff check --fix
	$(IN)/ruff format

docs: site ## Check the pages of docs/, and build a site of them in build/docs
	@$(IN)/python -m pytest -n 0 tests/docs
	@$(IN)/zensical build --strict --clean

reference: dev ## Write docs/reference/ from the code
	@$(IN)/python scripts/write_reference.py

test-postgresql: dev ## The tests of what stands in the store, on PostgreSQL
	@echo "pullquote: running the tests of the store on PostgreSQL"
	@PULLQUOTE_TEST_DATABASES=postgresql $(IN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not bluesky and not soak" \
		tests/storage tests/promises/faults tests/promises/race tests/promises/leave/test_leave.py $(addprefix tests/bot/,delivery desk digest host posts \
		questions replies scheduler) --ignore tests/bot/digest/test_browser.py

test-bluesky: dev ## The tests against real Bluesky servers on loopback (needs node)
	@echo "pullquote: installing the Bluesky servers"
	@$(IN)/python tests/servers/bluesky/install.py
	@$(IN)/python -m pytest -m "bluesky and not soak" --timeout 300 --maxfail 5 tests/adapters/bluesky tests/bot/web/test_clock.py

soak: dev ## The long runs: a thousand kills (SOAK=0.05 for a twentieth)
	@$(IN)/python -m pytest -s --timeout 7200 -m soak

bench: dev ## Figures beside their aims, in one table: make bench LONG=1 JSON=FILE
	@$(IN)/python -m bench $(if $(LONG),--long) $(if $(JSON),--json "$(JSON)")

wheel: dev ## dist/pullquote-VERSION-py3-none-any.whl
	@$(IN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

cases: dev ## The inputs of ../shared/cases that fail: make cases ISSUE=7
	@$(IN)/python scripts/run_cases.py $(ISSUE)

lock: dev ## Pin the newest versions that pyproject.toml allows: versions and hashes, no addresses
	$(COMPILE) --upgrade --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) --upgrade --output-file requirements/dev.txt --constraint requirements/runtime.txt \
		--extra postgresql --group dev pyproject.toml
	awk '/^[a-z]/ { on = /^psycopg/ } on' requirements/dev.txt > requirements/postgresql.txt
	$(COMPILE) --upgrade --output-file requirements/build.txt --constraint requirements/dev.txt --group build
	$(COMPILE) --upgrade --output-file requirements/docs.txt --constraint requirements/dev.txt --group docs

clean: ## Remove the environment and what the tools left
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache pullquote-demo

runtime dev site:
	@$(if $(PYTHON),,echo "pullquote: needs Python 3.11, 3.12 or 3.13; none is on the PATH" >&2; exit 1;) \
		$(PYTHON) scripts/set_up.py $@
