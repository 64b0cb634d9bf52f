# One command per need: `make demo`, `test`, `check`, `oldest`, `bench`, `docs`, `lock`, `clean`.
# With another Python: `make PYTHON=python3.13 demo`; it is kept until another one is named.
# `uv` is used where it is installed, plain venv + pip otherwise; both install exactly what requirements.lock pins.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := $(shell command -v uv 2>/dev/null)

# A Python that is named, and is not the one that all was set up with, gets it set up anew.
ifneq ($(origin PYTHON),file)
ifneq ($(shell $(PYTHON) -VV 2>&1),$(shell cat $(READY) 2>/dev/null))
$(shell rm -f $(READY))
endif
endif

.PHONY: setup demo test check oldest bench docs lock clean

setup: $(READY)

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "scraper needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
ifneq ($(UV),)
	@$(UV) venv --quiet --clear --python $(PYTHON) --no-python-downloads $(VENV)
	@$(UV) pip install --quiet --python $(BIN)/python -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
else
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endif
	@$(BIN)/python -VV > $@ 2>&1

demo: $(READY)
	@$(BIN)/python -m fixtures.demo

test: $(READY)
	@$(BIN)/python -m pytest -q -n auto

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry scraper
	$(BIN)/python -m docs.generate --check
	$(BIN)/python -m pytest -q -n auto --cov --cov-report=term:skip-covered --cov-fail-under=90

# The tests with the oldest versions that pyproject.toml allows, for it promises that they do. Needs uv.
oldest:
	uv venv --quiet --clear --python $(PYTHON) --no-python-downloads $(VENV)-oldest
	uv pip install --quiet --python $(VENV)-oldest/bin/python --resolution lowest-direct --group dev -e .
	$(VENV)-oldest/bin/python -m pytest -q -n auto

bench: $(READY)
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.extract
	$(BIN)/python -m benchmarks.patterns

docs: $(READY)
	$(BIN)/python -m docs.generate

lock:
	uv pip compile --quiet --universal --python-version 3.11 --group dev --no-header --no-annotate --no-emit-index-url \
		--upgrade pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) $(VENV)-oldest build dist *.egg-info .coverage* .mypy_cache .ruff_cache
