# The two commands: `make run` and `make test`. Everything is installed into .venv; nothing else is touched.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3

# uv reads its own variable for extra places with wheels; honour what is set for pip.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export GRADIO_ANALYTICS_ENABLED := False
export ANONYMIZED_TELEMETRY := False
export HF_HUB_DISABLE_TELEMETRY := 1

# On Linux without an NVIDIA card, take PyTorch's CPU build from its own index when that can be reached.
define torch_backend
if [ "$$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1 && \
   $(BIN)/python -c "import urllib.request as u; u.urlopen('https://download.pytorch.org/whl/cpu/torch/', timeout=5)" 2>/dev/null; \
then echo --torch-backend=cpu; fi
endef

.PHONY: help run test lint types format eval clean
help: ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/.run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@echo "Setting up $(VENV) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@$(BIN)/uv pip install --quiet --python $(BIN)/python $$($(torch_backend)) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml $(VENV)/.run
	@echo "Setting up what the tests need ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python $$($(torch_backend)) --editable '.[test]'
	@touch $@

run: $(VENV)/.run ## set up, build the index when it is missing or stale, serve http://127.0.0.1:7860
	@$(BIN)/hjemmel serve

test: $(VENV)/.test lint types ## set up what tests need and run them all
	@$(BIN)/python -m pytest -q --durations=8

lint: $(VENV)/.test ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.test ## mypy --strict on the rooms
	@$(BIN)/mypy

format: $(VENV)/.test ## let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: $(VENV)/.run ## measure against the dev cases
	@$(BIN)/hjemmel eval --split dev

clean: ## remove the environment and everything built
	rm -rf $(VENV) var build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
