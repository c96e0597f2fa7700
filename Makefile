# The README's two commands, and the documentation. Each builds what it needs in .venv, from nothing.
# Windows without make: make.cmd takes the same two words.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt

# Hundreds of processes would each compile what they import.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check tests test-vm vm-image test-windows test-newcomer lint docs packages test-packages lint-package clean

demo: $(VENV)/.camera
	$(BIN)/nasfe-cam demo

# One after the other: beside each other on two slow cores, each fails waits that it keeps alone.
test: $(VENV)/.everything
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory tests
	@$(MAKE) --no-print-directory test-packages
	@$(MAKE) --no-print-directory test-vm

check: lint tests

# Two processes share two cores: threads of PyTorch that wait for each other would take them.
tests: $(VENV)/.everything
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-vm: $(VENV)/.everything vm-image
	PYTHON=$(BIN)/python tests/vm/run.sh

vm-image:
	tests/vm/image.sh

# The program for Windows, under Wine; before a release and each change of what differs there.
test-windows: $(VENV)/.everything
	PYTHON=$(BIN)/python tests/windows/run.sh

# A new user on a clean Debian 12, from the README's first command to a meeting; before a release
# and each change of README, packages or the first steps in the window.
test-newcomer: $(VENV)/.camera
	PYTHON=$(BIN)/python tests/newcomer/run.sh

lint: $(VENV)/.everything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -W --keep-going -q -E -a -c website -d build/doctrees . build/site
	@echo "The pages are in build/site/index.html"

# Wheel, source distribution and .deb, in dist/ (packaging/README.md).
packages: $(VENV)/.packaging
	PYTHON=$(BIN)/python packaging/python/build.sh dist
	PYTHON=$(BIN)/python packaging/deb/build.sh dist/nasfe_cam-*.whl dist

test-packages: packages
	PYTHON=$(BIN)/python packaging/python/test.sh dist/nasfe_cam-*.whl
	packaging/deb/check.sh dist/nasfe-cam_*.deb
	packaging/deb/test.sh dist/nasfe-cam_*.deb

# Before a release: Debian's checker takes as long as the tests of both packages.
lint-package: packages
	lintian --fail-on error,warning --allow-root dist/nasfe-cam_*.deb

$(VENV)/.python:
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.camera: $(VENV)/.python pyproject.toml constraints.txt
	$(INSTALL) -e .
	touch $@

# One installation takes less long than one after another.
$(VENV)/.everything: $(VENV)/.python pyproject.toml constraints.txt
	$(INSTALL) -e ".[ui,train,tensorrt,packaging,dev,docs]"
	touch $(VENV)/.camera $(VENV)/.docs $(VENV)/.packaging $@

$(VENV)/.docs: $(VENV)/.camera
	$(INSTALL) -e ".[docs]"
	touch $@

$(VENV)/.packaging: $(VENV)/.camera
	$(INSTALL) -e ".[ui,packaging]"
	touch $@

clean:
	rm -rf $(VENV) build dist nasfe-demo
