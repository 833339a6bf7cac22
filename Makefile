# Everything sets itself up in .venv: nothing is needed before but Python 3.11 or later, make and a package registry.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Where no bytecode is kept, each of the many programs that the tests start compiles the package again.
export PYTHONDONTWRITEBYTECODE :=
# Each process that runs tests has a core: threads of its own for small matrices wait for one another at full speed.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: help score costs test test-project test-models test-models-apart test-cluster test-fast fuzz lint docs capabilities wire model benchmark disagree constraints clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 14

# They import what .venv/core installs and no more, wherever they run.
FAST = PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser"

score: .venv/scores  ## run the baseline over the articles and print its score
	@$(BIN)/claimspans run rules --out runs/rules --fresh
	@$(BIN)/claimspans score runs/rules

test: costs .venv/tests  ## run every check and test
	@$(MAKE) --no-print-directory -j2 test-project test-models-apart # what waits, for a download or a page, leaves a core
	@$(BIN)/python -m tests.helpers.missing

test-project: .venv/tests
	@$(MAKE) --no-print-directory lint .venv-labelstudio/ready
	@$(FAST)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder -m "(slow or browser) and not models and not cluster"

test-models: .venv-models/ready
	@.venv-models/bin/python -m pytest -n 1 -m models tests/*/test_*models.py

# What it prints comes in one piece, when it has ended, and not between the dots of the other suite.
test-models-apart:
	@said=$$(mktemp); trap 'rm -f "$$said"' EXIT; \
		$(MAKE) --no-print-directory test-models >"$$said" 2>&1; ended=$$?; echo; cat "$$said"; exit $$ended

test-cluster: .venv-cluster/ready  ## the tests on real Ray and Spark, which take eight minutes of their own
	@.venv-cluster/bin/python -m pytest -n 0 -m cluster tests/*/test_*cluster.py # one Ray and one Spark for all

costs:
	@echo "make test builds environments of about 5 GB, downloads Label Studio and PyTorch among others, and takes half an" >&2
	@echo "hour on two cores; the browser tests need Chromium. make test-fast takes a minute once it is set up." >&2

test-fast: .venv/core  ## the tests that build, start and train nothing
	@$(FAST) --hypothesis-profile=fast

fuzz: .venv-fuzz/ready  ## fuzz the reader, the aligner and the schema loader by coverage, for SECONDS each (200)
	@for target in reader aligner schema; do mkdir -p .fuzz/$$target && .venv-fuzz/bin/python -m tests.helpers.fuzz $$target \
		.fuzz/$$target tests/cases/fuzz/$$target -artifact_prefix=.fuzz/$$target- -max_total_time=$(or $(SECONDS),200) \
		-rss_limit_mb=4096 -timeout=20 -verbosity=0 -print_final_stats=1 || exit 1; done

lint: .venv/tests  ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: .venv/tests  ## put the generated parts of the documents up to date
	@$(BIN)/cog -r README.md annotations/GUIDELINES.md docs/*.md
	@$(BIN)/claimspans show 004 --head 5 --svg docs/show.svg

model: .venv/tests  ## train the model of the baseline crf again: the same bytes
	@$(BIN)/claimspans --corpus wire train crf --split train --features parse --out eval/claimspans/extractors/baselines/crf/wire

CHALLENGE := runs/challenge
capabilities: .venv/tests  ## say what the baselines cannot read yet
	@$(BIN)/claimspans run rules --corpus challenge --out $(CHALLENGE)/rules --fresh
	@$(BIN)/claimspans run crf --corpus challenge --out $(CHALLENGE)/crf --fresh
	@$(BIN)/claimspans leaderboard $(CHALLENGE)/rules $(CHALLENGE)/crf --corpus challenge --out submissions/CAPABILITIES.md

WIRE := runs/wire
wire: .venv/tests  ## rank the baselines by the ten articles of wire that they were not made with
	@for system in rules crf; do $(BIN)/claimspans score $$system --corpus wire --split test --brief --out $(WIRE)/$$system --fresh; done
	@$(BIN)/claimspans leaderboard $(WIRE)/rules $(WIRE)/crf --corpus wire --split test --out submissions/WIRE.md

benchmark: .venv-benchmark/ready  ## measure the scorer beside others, flat and nested; more with ARGS="--articles 1000"
	@.venv-benchmark/bin/python -m benchmarks.run $(ARGS)
	@.venv-benchmark/bin/python -m benchmarks.run --nested $(ARGS)

disagree: .venv-benchmark/ready  ## show a sentence on which scorers disagree
	@.venv-benchmark/bin/python -m benchmarks.disagree

constraints: .venv/tests  ## pin what a Label Studio that is installed today brings
	@rm -rf .venv-constraints
	@$(BIN)/claimspans labelstudio install --venv .venv-constraints --unpinned
	@.venv-constraints/bin/python -m pip freeze --quiet --all --exclude pip > eval/claimspans/labelstudio/constraints.txt
	@rm -rf .venv-constraints .venv-constraints.lock

clean:  ## remove what the targets above made
	rm -rf .venv .venv-benchmark .venv-cluster .venv-fuzz .fuzz .venv-hub .venv-labelstudio .venv-models runs dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/scores: pyproject.toml
	$(call environment,rules)

# An environment of its own: the other scorers are measured, never imported by the project.
.venv-benchmark/ready: BIN := .venv-benchmark/bin
.venv-benchmark/ready: pyproject.toml
	$(call environment,benchmark)

# An environment of its own: torch and what trains with it are large, and pin one another.
.venv-models/ready: BIN := .venv-models/bin
.venv-models/ready: pyproject.toml
	$(call environment,test-models)

# An environment of its own: Ray and Spark are large, and Spark needs a pandas of its time.
.venv-cluster/ready: BIN := .venv-cluster/bin
.venv-cluster/ready: pyproject.toml
	$(call environment,test-cluster)

# An environment of its own: it has wheels for few systems.
.venv-fuzz/ready: BIN := .venv-fuzz/bin
.venv-fuzz/ready: pyproject.toml
	$(call environment,fuzz)

# The tests' own Label Studio, made as a user's is.
.venv-labelstudio/ready: .venv/tests eval/claimspans/data/environments.py eval/claimspans/labelstudio/environment.py eval/claimspans/labelstudio/constraints.txt
	@$(BIN)/claimspans labelstudio install --venv .venv-labelstudio
	@touch $@

.venv/core: pyproject.toml
	$(call environment,test-core)

.venv/tests: pyproject.toml
	$(call environment,dev)
	@touch .venv/core .venv/scores

define environment
	@test -n "$(PYTHON)" || { echo "make: needs Python 3.11 or later; name one with make PYTHON=/path/to/python3" >&2; exit 2; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(@D) && $(PYTHON) -m venv $(@D); } || \
		{ echo "make: cannot make $(@D); on Debian, apt-get install python3-venv" >&2; exit 2; }
	@echo "setting up $(@D) ($(1)) …" >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check 'pip>=25' # resolves in half the time that 23 takes
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile -e '.[$(1)]'
	@touch $@
endef
