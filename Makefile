# Two commands for a machine with only Python (3.11 or newer, with venv) and make:
#
#     make demo       diagnose embedded data and write a report
#     make test       the default test suite
#
# Each sets up .venv by itself, once. Variables:
#
#     PYTHON=python3.12       the Python that .venv is made from
#     TORCH_INDEX=ADDRESS     an extra index to find a (CPU) build of torch in, used for torch alone
#     PIP_FLAGS='...'         more flags for every `pip install`
#     ARGS='...'              more arguments for the demo, or for pytest
#     WORKERS=2               processes that run the tests

PYTHON ?= python3
TORCH_INDEX ?=
PIP_FLAGS ?=
ARGS ?=
WORKERS ?= 2

# Whatever environment is active, only .venv counts.
unexport VIRTUAL_ENV PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX
export PIP_USER := 0

VENV := .venv/bin/python
PIP := $(VENV) -m pip --disable-pip-version-check --no-input install \
	--constraint constraints.txt --only-binary :all: --no-compile $(PIP_FLAGS)
ONE_THREAD := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1

.PHONY: help demo test setup tools lint ci constraints clean

help:
	@sed -n '/^# /s/^# \{0,1\}//p; /^$$/q' Makefile

demo: setup
	@$(VENV) -m ssl_theory demo $(ARGS)

test: setup
	@$(ONE_THREAD) $(VENV) -m pytest -n $(WORKERS) $(ARGS)

# .venv/ready says for which pins and which folder the environment is complete. While it is being
# made or changed that file is .venv/unfinished instead, so an interrupted set-up is never trusted.
# Paths are relative: make cannot hold a path with spaces.
setup:
	@wanted="$$(cat setup.cfg constraints.txt Makefile | cksum) $$(pwd -P)"; \
	works() { [ ! -e .venv/unfinished ] && $(VENV) -c \
		'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }; \
	if [ "$$(cat .venv/ready 2>/dev/null)" = "$$wanted" ] && works; then exit 0; fi; \
	if ! works; then \
		if ! command -v "$(PYTHON)" >/dev/null; then \
			echo '`PYTHON` must be Python 3.11 or newer, got no command "$(PYTHON)".' \
				'Install Python, or name one: make PYTHON=python3.12.' >&2; exit 1; fi; \
		if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
			echo '`PYTHON` must be Python 3.11 or newer, got' \
				"$$("$(PYTHON)" --version 2>&1) ($(PYTHON))." \
				'Install a newer one and name it: make PYTHON=python3.12.' >&2; exit 1; fi; \
		if ! "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null; then \
			package="python$$("$(PYTHON)" -c \
				'import sys; print("%d.%d" % sys.version_info[:2])')-venv"; \
			echo '`PYTHON` must be a Python with venv, got one without ($(PYTHON)).' \
				"Install the package $$package: sudo apt install $$package." >&2; exit 1; fi; \
		python="$$("$(PYTHON)" -c 'import sys; print(sys._base_executable or sys.executable)')"; \
		echo "Setting up .venv (once; this takes a few minutes)"; \
		rm -rf .venv && mkdir .venv && : > .venv/unfinished && "$$python" -m venv .venv || exit 1; \
	elif [ -e .venv/ready ]; then \
		echo "Updating .venv"; mv .venv/ready .venv/unfinished; \
	fi; \
	if $(PIP) setuptools \
		&& $(PIP) --no-deps $(if $(TORCH_INDEX),--extra-index-url "$(TORCH_INDEX)") torch \
		&& $(PIP) --no-build-isolation --editable '.[test]'; then \
		rm -f .venv/unfinished; echo "$$wanted" > .venv/ready; \
	else \
		if [ -s .venv/unfinished ]; then mv .venv/unfinished .venv/ready; fi; \
		echo 'The set-up stopped at the step above. When its cause is gone' \
			'(no network?), run the same command again.' >&2; exit 1; \
	fi

tools: setup
	@cmp -s .venv/ready .venv/tools || { \
		$(PIP) --no-build-isolation --editable '.[dask,dev,lightning,transformers]' \
		&& cp .venv/ready .venv/tools; }

lint: tools
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy

ci:
	@.ci/run

# torch stays at the version that constraints.txt names: to move it, edit that line first. Its CUDA
# packages are left to torch, which pins them itself and asks for them only in its CUDA builds.
constraints: tools
	@grep '^torch==' constraints.txt > .venv/torch.txt
	@$(VENV) -m uv pip compile setup.cfg --universal --python-version 3.11 --all-extras \
		--upgrade --constraint .venv/torch.txt --no-annotate --no-header --quiet > .venv/pins.txt
	@{ sed -n '/^#/p' constraints.txt; \
		grep -v -E '^(cuda|nvidia|triton)' .venv/pins.txt; } > .venv/constraints.txt
	@for python in 3.11 3.12 3.13 3.14; do for platform in linux macos windows; do \
		echo "checking wheels for Python $$python on $$platform"; \
		MACOSX_DEPLOYMENT_TARGET=14.0 $(VENV) -m uv pip compile setup.cfg --all-extras \
			--constraint .venv/constraints.txt --only-binary :all: --python-version $$python \
			--python-platform $$platform --quiet > /dev/null || exit 1; \
	done; done
	@mv .venv/constraints.txt constraints.txt

clean:
	rm -rf .venv
