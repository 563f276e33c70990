PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
DATA   ?= ../shared/data
EVAL   ?= ../shared/eval
MODEL  := kgraph/extraction/model
LABELLED := out/labelled

.DEFAULT_GOAL := help
.PHONY: help demo test check fix docs bench quality train clean

help:  ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/.run: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/.dev: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(VENV)/.run  ## Set up, build the graph of the four seed articles, draw it, ask it one question
	$(BIN)/kgraph build seeds --with-text --output out/graph.trig
	$(BIN)/kgraph draw out/graph.trig --output out/graph.svg
	$(BIN)/kgraph draw out/graph.trig --output out/graph.html
	$(BIN)/kgraph why out/graph.trig "Meta investedIn Scale AI"

test: $(VENV)/.test  ## Set up and run the tests
	$(BIN)/pytest -q

check: $(VENV)/.dev  ## Everything that "good" means here: format, lint, types, imports, tests, docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/reference.py --check
	$(BIN)/pytest -q

fix: $(VENV)/.dev  ## Format and repair what can be repaired
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev  ## Write the command reference anew from the commands' own help
	$(BIN)/python docs/reference.py

bench: $(VENV)/.dev  ## Measure speed and memory; prints tables and writes out/bench.json
	$(BIN)/python -m bench

quality: $(VENV)/.dev  ## Measure extraction on the gold articles under EVAL; fails below the floors on record
	$(BIN)/python -m tests.quality --floors seeds $(EVAL)/seeds $(EVAL)/wikinews-dev/articles.jsonl $(EVAL)/wikinews-dev

train: $(VENV)/.dev  ## Make the language and relation models from the sets under DATA (hours)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python -m training.language.train --data $(DATA)
	$(BIN)/python -m training.language.export --data $(DATA)
	$(BIN)/python -m training.relations.readings --data $(DATA)
	$(BIN)/python -m training.relations.train --data $(DATA)
	$(BIN)/python -m training.joint --data $(DATA) --language checkpoints/language/further.pt --branch checkpoints/relations/*.pt
	$(BIN)/python -m training.language.export --data $(DATA) --checkpoint checkpoints/joint/*-language.pt
	$(BIN)/python -m training.labelled $(LABELLED)/seen --data $(DATA) --part seen
	$(BIN)/python -m training.labelled $(LABELLED)/held --data $(DATA) --part held
	$(BIN)/python -m training.labelled $(LABELLED)/newsrooms --data $(DATA) --part kept --ids ID
	$(BIN)/python -m training.labelled $(LABELLED)/written --data $(DATA) --part kept --ids k s
	$(BIN)/python -m training.fitting.known_names --data $(DATA) $(LABELLED)/held
	$(BIN)/python -m training.fitting.choosing --data $(DATA) $(LABELLED)/held
	$(BIN)/python -m training.relations.export --data $(DATA) --branch checkpoints/joint/*-branch.pt
	$(BIN)/python -m training.fitting.meanings --data $(DATA)
	$(BIN)/python -m training.fitting.frames $(MODEL)/frames.json $(LABELLED)/seen/articles.jsonl $(LABELLED)/seen
	$(BIN)/python -m training.fitting.belief $(MODEL)/belief.json $(foreach set,newsrooms written,$(LABELLED)/$(set)/articles.jsonl $(LABELLED)/$(set))

clean:  ## Remove what was built
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
