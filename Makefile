# The two commands: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements-dev.lock
ARGS ?=
SUDO := $(shell [ "$$(id -u)" = 0 ] && echo env || command -v sudo)
RUN_PACKAGES := libportaudio2
TEST_PACKAGES := libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils tmux
BROWSER_PACKAGES := chromium

AXE_VERSION := 4.14.1
AXE := build/axe-core-$(AXE_VERSION).js

.DEFAULT_GOAL := help
.PHONY: $(shell grep -hoE '^[a-z-]+:' $(MAKEFILE_LIST) | tr -d ':')

help: ## Print these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: setup system ## Set up, then practise (a demo where there is no microphone): make run ARGS="intro"
	@$(BIN)/rehearse $(ARGS)

test: setup-dev system-test $(AXE) ## Set up, then run all tests
	$(BIN)/pytest $(ARGS)

check: setup-dev $(AXE) ## Format, lint, types and tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest $(ARGS)

format: setup-dev ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

eval: setup-dev ## Print what the models get right, one figure a line
	@$(BIN)/python -m tools.miniature.evaluate
	@$(BIN)/python -m tools.star.evaluate
	@$(BIN)/python -m tools.outline.evaluate
	@$(BIN)/python -m tools.fillers.evaluate
	@$(BIN)/python -m tools.hesitations.evaluate
	@$(BIN)/python -m tools.keypoints.evaluate
	@$(BIN)/python -m tools.handsfree.evaluate
	@$(BIN)/python -m tools.delivery.evaluate

bench: setup-dev ## Print speed and memory, one figure a line
	@$(BIN)/python -m tools.bench

soak: setup-dev system-test ## Hold sessions for two hours in one process: memory, open files, drift (ARGS="--minutes 10")
	@$(BIN)/python -m tools.soak $(ARGS)

faults: setup-dev system-test ## Try faults on real sessions, one line a kind (20 minutes): make faults ARGS="kill --count 5"
	@$(BIN)/python -m tools.faults $(ARGS)

mutants: setup-dev system-test ## Change the program in 40 small ways and print those that no test notices: make mutants ARGS="--room takes --seed 2"
	@$(BIN)/python -m tools.mutants $(ARGS)

fuzz: setup-fuzz ## Feed hostile files to all that reads any, for an hour: make fuzz ARGS="--minutes 60"
	@$(BIN)/python -m tools.fuzz $(ARGS)

pictures: setup ## Make the pictures of the README anew, from the real screens
	@$(BIN)/python -m tools.pictures

train-miniature: setup-train ## Train the miniature model anew (about 90 minutes on two cores, 5 GB in build/)
	$(BIN)/python -m tools.miniature.corpus --folder build/miniature --hours 42
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.miniature.train --folder build/miniature
	$(BIN)/python -m tools.miniature.export --folder build/miniature --out rehearse/data/miniature
	$(BIN)/python -m tools.miniature.evaluate

train-star: setup-train ## Train the STAR model on the labelled answers (four minutes)
	$(BIN)/python -m tools.star.train
	$(BIN)/python -m tools.star.evaluate

train-outline: setup-train ## Train the models for introductions and system designs (half a minute)
	$(BIN)/python -m tools.outline.train
	$(BIN)/python -m tools.outline.evaluate

train-hesitations: setup-train ## Train the detector of hesitations in the sound (three minutes)
	$(BIN)/python -m tools.hesitations.train
	$(BIN)/python -m tools.hesitations.evaluate

package: setup-dev ## Build dist/ for pip, pipx and uv, and try it in an empty environment
	$(BIN)/python -m build
	$(PYTHON) -m venv --clear build/empty
	build/empty/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd build/empty && bin/rehearse demo --fast --home home

lock: setup-dev ## Write the lock file of development anew, with the versions of today
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.10 --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet -o $(LOCK)
	@# The pip of Python 3.13.0 stops at the name of a kernel; that of macOS then needs no telling.
	@sed -E "s/ platform_release [<>=]+ '[0-9.]+' and//g" $(LOCK) >$(LOCK).new && mv $(LOCK).new $(LOCK)

licences: setup-dev ## Print the licence of everything that comes along
	@$(BIN)/python -m tools.licences

setup: $(VENV)/.installed ## Make the virtual environment
setup-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: 'sudo apt install python3-venv' brings it."; exit 1; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(LOCK) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c $(LOCK) -e '.[dev]'
	@touch $@ $(VENV)/.installed

setup-fuzz: setup-dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[fuzz]'

setup-train: setup-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'

# Judges the page of a take in its test; where npm or the network is missing, that test says so.
$(AXE):
	@mkdir -p build/axe-core
	@{ command -v npm >/dev/null \
	  && (cd build/axe-core && npm pack --silent axe-core@$(AXE_VERSION) >/dev/null 2>&1 && tar -xzf axe-core-$(AXE_VERSION).tgz) \
	  && cp build/axe-core/package/axe.min.js $@; } \
	  || echo "axe-core could not be fetched with npm: the page is tested without it."
	@rm -rf build/axe-core

system: ## Install PortAudio, which plays and records (Debian and Ubuntu; elsewhere it comes along)
	@$(call debian,$(RUN_PACKAGES))

system-test: ## Install what the tests need: PortAudio, a PulseAudio without hardware, tmux, Chromium
	@$(call debian,$(TEST_PACKAGES))
	@$(call debian,$(BROWSER_PACKAGES))

# Install the packages that are missing; where that fails, say how and go on.
define debian
if command -v dpkg-query >/dev/null; then \
  missing=$$(for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
  if [ -n "$$missing" ]; then \
    { [ -n "$(SUDO)" ] && echo "Installing" $$missing && $(SUDO) apt-get update -qq \
      && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } \
      || echo "'apt install" $$missing"' brings what is missing; root may do that."; \
  fi; \
fi
endef

clean: ## Remove what was built, not what was recorded
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
