# Everything a newcomer needs: `make demo` and `make test`. `make` alone lists the rest.
.DEFAULT_GOAL := help
.PHONY: help setup install upgrade demo test check lock places bench clean environment
.SUFFIXES:

BIN := .venv/bin
LOCK := uv pip compile --quiet --python-version 3.10 --extra dev --generate-hashes --universal \
	--no-annotate --no-header -o requirements.lock pyproject.toml

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: environment ## environment, locked packages, demo directory, trained model; starts nothing
	@$(BIN)/python scripts/demo.py
	@$(BIN)/puente train

install: environment ## environment, locked packages, trained model, without invented data (what a clinic uses); starts nothing
	@$(BIN)/puente train

upgrade: ## move to the newest version: backup, code, packages, data, model, checked (ARGS="--dry-run", ARGS="--back")
	@$(BIN)/puente upgrade $(ARGS)

demo: setup ## set up, then start the assistant and the desk on this machine, with invented data
	@$(BIN)/puente up --demo

# The tests make homes of their own; PUENTE_HOME is emptied so that they can never reach a real one.
test: environment ## set up, Chromium too, then run every test (ARGS="tests/places" for some of them)
	@CHROMIUM=$$(sh scripts/browser.sh) && PUENTE_HOME= && export CHROMIUM PUENTE_HOME && \
	$(BIN)/puente train && $(BIN)/python -m pytest $(ARGS)

check: environment ## formatting, lint, types, and who may import whom
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy --strict directory
	@$(BIN)/python -m pytest tests/layers

lock: ## renew requirements.lock from pyproject.toml (UPGRADE=1 takes newer versions too)
	@PATH="$$PWD/$(BIN):$$PATH"; uv --version >/dev/null 2>&1 || { \
		echo "make lock needs uv: run 'make setup' (it brings uv along) or install uv, then run make lock again." >&2; exit 1; }; \
	$(LOCK) $(if $(UPGRADE),--upgrade) >/dev/null

places: environment ## write directory/data/places.csv again from the zipcodes package
	@$(BIN)/python -m directory.data.make_places

bench: environment ## measure the assistant beside stock Rasa and under load; the desk, the refresh, matching, search, rules (takes a while)
	@for part in run load killed door texting desk refresh matching search rules; do $(BIN)/python -m bench.$$part $(ARGS) || exit 1; done

clean: ## remove the environment and all caches; data and models (PUENTE_HOME, by default var/) stay
	@rm -rf .venv .venv.* .rasa build bench/cache *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/artifacts
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh scripts/environment.sh
