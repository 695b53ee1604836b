# `make help` lists what can be made. Set-up happens by itself: a virtual environment in .venv
# with the locked packages, and Quarto where its download is reachable.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QUARTO_VERSION := 1.10.19

# what Python has compiled is kept: tests and builds start it hundreds of times
unexport PYTHONDONTWRITEBYTECODE

# WARM=0 gives each notebook a new process; else they are forked from one that has its imports
WARM ?= $(EVALUATION_WARM)

# options of the benchmark, such as BENCH="--short --export FOLDER"
BENCH ?=

PYTEST := $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile \
  --no-loadscope-reorder
# what needs no kernel, build or browser
ALONE := tests/unit tests/backtest tests/notebooks/test_stored_notebooks.py

.DEFAULT_GOAL := help
.PHONY: help report test all-tests quick lint strip lab corpus bench clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

report: $(READY)  ## build the report in Danish and English: reports/site/index.html
	@PATH="$(CURDIR)/$(BIN):$$PATH" EVALUATION_WARM=$(WARM) $(BIN)/evaluation build

test: $(READY)  ## check everything, in a quarter of an hour: style, notebooks, numbers, builds, browser
	@$(MAKE) --no-print-directory --jobs=2 lint all-tests

all-tests: $(READY)
	$(PYTEST)

quick: $(READY) lint  ## check in a minute what needs no kernel, build or browser
	$(PYTEST) -m "not slow" $(ALONE)

lint: $(READY)  ## check style and types, which room imports which, and that nothing is dead
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/deptry src
	$(BIN)/python tests/support/dead_code.py

strip: $(READY)  ## clear the outputs of the notebooks before they are stored
	$(BIN)/jupyter nbconvert --clear-output --inplace notebooks/*.ipynb

lab: $(READY)  ## open JupyterLab on a notebook that shows how to explore the data
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/notebooks/00_start.ipynb

corpus: $(READY)  ## in two hours: read real files, try wrong inputs, end commands, attack surveys
	$(BIN)/python tests/support/corpus.py
	$(BIN)/python tests/support/reader_corpus.py
	$(BIN)/python tests/support/bad_inputs.py
	$(BIN)/python tests/support/kills.py
	$(BIN)/python tests/support/changes.py
	$(BIN)/python tests/support/together.py

bench: $(READY)  ## measure builds against a loop of papermill, in an hour: benchmarks/results.md
	$(BIN)/python -m benchmarks $(BENCH)

clean:  ## remove everything that is generated, but not the environment
	rm -rf reports/site reports/executed reports/screenshots reports/.build .quarto
	find data/processed -type f ! -name README.md -delete

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (some minutes, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  --no-build-isolation --editable .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 0 --no-deps \
	  quarto-cli==$(QUARTO_VERSION) >/dev/null 2>&1 \
	  || echo "Quarto cannot be downloaded here: the embedded renderer is used"
	@touch $@
