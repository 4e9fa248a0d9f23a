# What people type. `make` alone lists the targets; the text after ## is their help.
# Paths are relative throughout, so that the checkout may lie in a folder with spaces in its name.

# Assigned with := so that a HOST or PORT left in someone's environment opens no server to the outside;
# `make chat HOST=0.0.0.0` still does.
HOST := 127.0.0.1
PORT := 7860
INDEX := .lightqa/index
ARGS :=

PYTHON = $(shell for python in python3.11 python3 python3.12 python3.13; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

IN_VENV := .venv/bin/python
LIGHTQA := .venv/bin/lightqa
INSTALLED := .venv/installed
INSTALL := -m pip --disable-pip-version-check --no-input install -qq
PIP := $(IN_VENV) $(INSTALL) -c constraints.txt

# `make test HELD=avx2` and `make bench HELD=avx2` hold every library to what a processor without AVX-512 has.
# OpenVINO chooses bf16 by the processor and not by what oneDNN is held to, hence the precision.
HELD :=
AVX2 := LIGHTQA_PRECISION=f32 ONEDNN_MAX_CPU_ISA=AVX2 OPENBLAS_CORETYPE=Haswell FAISS_OPT_LEVEL=AVX2 \
	ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=AVX2 NPY_DISABLE_CPU_FEATURES="X86_V4 AVX512_ICL AVX512_SPR"
RUN = $(if $(HELD),env $(if $(filter avx2,$(HELD)),$(AVX2),$(error HELD can be avx2, not $(HELD))) )$(IN_VENV)

PEERS := .venv-peers/bin/python
PEERS_INSTALLED := .venv-peers/installed

.DEFAULT_GOAL := help
.PHONY: help install index chat test check format bench bench-peers bench-scale evaluate gate fit-evidence fit-follow-ups train-reader measure-reader train-claims train-message-reader
# Every target works in the one .venv and uses all cores itself: `make -j` runs them one by one.
.NOTPARALLEL:

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-20s %s\n", $$1, $$2 }'

install: $(INSTALLED) ## set up .venv with the pinned versions, and nothing else

$(INSTALLED): pyproject.toml constraints.txt
	@test -n '$(PYTHON)' || { \
		echo 'lightqa needs Python 3.11 or newer, and found none as python3.11 or python3.' >&2; \
		echo 'Install it (Debian and Ubuntu: apt-get install python3.11 python3.11-venv), then type make again.' >&2; \
		exit 1; }
	@echo 'Setting up .venv: about 140 packages, 2.5 GB on disk; this takes one to three minutes.'
	@$(IN_VENV) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || $(PYTHON) -m venv --clear .venv || { \
		echo 'Python is here, but cannot make a virtual environment (Debian and Ubuntu: apt-get install python3.11-venv).' >&2; \
		exit 1; }
# On its own and first: what comes later then finds a torch in place, and pip chooses no CUDA build for it.
	@$(PIP) torch==2.13.0
	@$(PIP) -e '.[dev]'
	@touch $(INSTALLED)

index: $(INDEX)/CURRENT ## index the shipped documents, if they or the code that indexes have changed

# Vectors of unchanged texts are taken over, so that building again costs next to nothing.
$(INDEX)/CURRENT: $(INSTALLED) $(wildcard seeds/articles seeds/articles/* seeds/evidence seeds/evidence/* index/*.py)
	@$(LIGHTQA) index --index $(INDEX)

chat: index ## serve the chat on http://127.0.0.1:7860 (HOST=…, PORT=… to change)
	@$(LIGHTQA) chat --index $(INDEX) --host $(HOST) --port $(PORT)

# Three processes, each with a file of tests at a time in the order of the files, so that the browser comes last in all.
# One more than two cores, since pages, servers and Ray are waited for.
WORKERS := 3

test: install ## run the tests; with chromium also those of the page (ARGS="-k split" for some)
	@$(RUN) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: install ## lint, check the format and the types
	@$(IN_VENV) -m ruff check .
	@$(IN_VENV) -m ruff format --check .
	@$(IN_VENV) -m mypy

format: install ## put the code into the format that `make check` asks for
	@$(IN_VENV) -m ruff check --fix --quiet .
	@$(IN_VENV) -m ruff format --quiet .

bench: index ## measure encoding, asking and searching beside plain rivals
	@$(RUN) tests/benchmarks/encode.py --index $(INDEX)
	@$(RUN) tests/benchmarks/ask.py --index $(INDEX)
	@$(RUN) tests/benchmarks/search.py --index $(INDEX)
	@$(RUN) tests/benchmarks/unseen.py --index $(INDEX)

bench-peers: index $(PEERS_INSTALLED) ## measure LangChain, LlamaIndex, Haystack and txtai on the same passages
	@$(RUN) tests/benchmarks/peers.py --python $(PEERS)

$(PEERS_INSTALLED): tests/benchmarks/peers-requirements.txt
	@echo 'Setting up .venv-peers with the other systems; this takes some minutes.'
	@$(IN_VENV) -m venv --clear .venv-peers
	@$(PEERS) $(INSTALL) torch==2.13.0
	@$(PEERS) $(INSTALL) -r tests/benchmarks/peers-requirements.txt
	@touch $(PEERS_INSTALLED)

bench-scale: index ## measure 10,000, 100,000 and a million passages, and Milvus beside (ARGS="--damage 100000" spoils one, too)
	@$(RUN) tests/benchmarks/scale.py --index $(INDEX) $(ARGS)

evaluate: index ## evaluate the shipped index on the shipped questions, into report.html
	@$(LIGHTQA) evaluate --index $(INDEX) --report report.html

gate: index ## fail, naming the figure, when one fell below what was accepted
	@$(LIGHTQA) evaluate --index $(INDEX) --gate

# Needs ../shared/seeds, the two articles as they were given, which are not part of the project.
fit-evidence: index ## fit the weights of qa/evidence again on the dev questions
	@$(LIGHTQA) index ../shared/seeds --index .lightqa/raw
	@$(IN_VENV) -m qa.train.fit_evidence $(INDEX) seeds/questions.jsonl \
		$(INDEX) tests/data/shipped_questions_more.jsonl \
		$(INDEX) tests/data/shipped_questions_typed.jsonl \
		.lightqa/raw tests/data/raw_article_questions.jsonl \
		.lightqa/raw tests/data/raw_article_questions_more.jsonl \
		--to-rank .lightqa/raw tests/data/raw_article_questions_everyday.jsonl

fit-follow-ups: index ## fit again how follow-ups are read, on conversations of two turns
	@$(IN_VENV) -m qa.train.fit_follow_ups $(INDEX)

# Both need ../shared/data, public texts that are not part of the project. On two cores training takes a night; what
# was done is kept in .lightqa/reader, so that a run that was stopped goes on.
train-reader: install ## train the evidence reader, or go on where it was stopped (ARGS="--steps 2000")
	@$(IN_VENV) -m qa.train.train_reader ../shared/data .lightqa/reader/run $(ARGS)

measure-reader: install ## judge the shipped reader on held-out questions, beside cosine
	@$(IN_VENV) -m qa.train.measure_reader ../shared/data .lightqa/reader/measure.npz --json qa/reader/figures.json

# Needs ../shared/data too; ten minutes on two cores.
train-claims: install ## train the reader of claims that holds a writer to the quotes, and weigh the checks beside it
	@$(IN_VENV) -m qa.train.train_claims ../shared/data $(ARGS)
	@$(IN_VENV) -m qa.train.weigh_claims ../shared/data

train-message-reader: install ## train the reader that hears emergencies in messages, twenty minutes on one core
	@$(IN_VENV) -m qa.train.train_message_reader $(ARGS)
