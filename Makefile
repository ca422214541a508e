# make run: from nothing to the site on http://localhost:3000 · make help: the rest.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 3000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m scripts.patiently $(BIN)/python -m pip --disable-pip-version-check --quiet install
PYTEST := $(BIN)/python -m pytest
# Tests of one group (a browser, a database server) share it: they stay in one process.
PARALLEL ?= -n 2 --dist loadgroup
TESTS ?=

.DEFAULT_GOAL := help
.PHONY: help run build install install-dev install-peers browser test check soak bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Links in mail, and the origin the socket accepts, follow the address. With SPPLUS_DEMO the
# demonstration's accounts are shown on the sign-in page, and robots are told to keep out.
run: export PUBLIC_URL ?= http://localhost:$(PORT)
run: export SPPLUS_DEMO ?= 1

run: install ## the production build, demonstration loaded, on http://localhost:3000 (PORT=… to change)
	@echo "· Base de données"
	@$(BIN)/spplus migrate
	@echo "· Démonstration"
	@$(BIN)/spplus demo
	@$(BIN)/python -m scripts.build_frontend
	@exec $(BIN)/spplus run --host $(HOST) --port $(PORT)

build: install ## build the site; nothing to do when nothing has changed
	@$(BIN)/python -m scripts.build_frontend

install: $(VENV)/.installed ## the environment and the pinned dependencies, in .venv
install-dev: $(VENV)/.installed-dev ## the same, and what tests and checks need

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Il faut Python 3.11 ou plus récent : installez-le, ou indiquez-le avec « make run PYTHON=python3.12 »."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
		|| { echo "Il manque le module venv de Python : sous Debian ou Ubuntu, « apt install python3-venv »."; exit 1; }
	@echo "· Environnement Python dans $(VENV)"
	@$(PYTHON) -m venv $(VENV)

# The lists are whole: without a resolver, a newer release of a dependency cannot come into play.
$(VENV)/.installed: requirements.txt pyproject.toml | $(BIN)/python
	@echo "· Dépendances (une à deux minutes la première fois)"
	@$(PIP) --require-hashes --no-deps -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "· Outils de test et de contrôle"
	@$(PIP) --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

# Heavy, and only what ours is measured against: the benches say « not installed » without them.
install-peers: $(VENV)/.installed-peers

$(VENV)/.installed-peers: requirements-peers.txt $(VENV)/.installed-dev
	@echo "· Outils auxquels se mesurer"
	@$(PIP) --require-hashes --no-deps -r requirements-peers.txt
	@touch $@

browser: install-dev
	@$(BIN)/python -m scripts.find_browser > $(VENV)/browser

# Two passes: a browser's loop and the tests with a loop of their own do not share a process.
test: install-dev browser ## every test, a real browser included (TESTS=tests/domain for a part)
	@failed=0; \
	$(PYTEST) $(PARALLEL) --timeout 600 -m "not browser and not bench" $(TESTS) || [ $$? -eq 5 ] || failed=1; \
	SPPLUS_CHROMIUM="$$(cat $(VENV)/browser)" $(PYTEST) $(PARALLEL) --timeout 600 \
		-m "browser and not bench" $(TESTS) || [ $$? -eq 5 ] || failed=1; \
	exit $$failed

check: install-dev ## ruff, mypy strict, import-linter
	@failed=; \
	for control in "ruff check ." "ruff format --check ." mypy lint-imports; do \
		echo "· $$control"; $(BIN)/$$control || failed="$$failed $$control;"; \
	done; \
	if [ -n "$$failed" ]; then echo "En défaut :$$failed"; exit 1; fi

soak: install-dev browser ## the heavy tests at full count; figures go to docs/
	@SPPLUS_FULL=1 SPPLUS_CHROMIUM="$$(cat $(VENV)/browser)" $(PYTEST) -m soak -rA $(TESTS)

bench: install-peers browser ## speed figures, printed and written to docs/performance.md (long: SPPLUS_BENCH_SIZES=10000 shortens it)
	@SPPLUS_CHROMIUM="$$(cat $(VENV)/browser)" $(PYTEST) tests/benchmarks -m bench -s $(TESTS)

lock: install-dev ## pin again what the requirements*.in ask for
	@for name in requirements requirements-dev requirements-peers; do \
		$(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --custom-compile-command "make lock" $$name.in -o $$name.txt || exit 1; \
	done

clean: ## remove the environment and the build; var/ (the data) stays
	@rm -rf $(VENV) .web .states *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
