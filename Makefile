# make run     start Jiejian here; prints the addresses to open
# make test    every check, then every test (needs Chromium for the browser tests)
# make explore the property tests once more, with examples never tried before
# make soak    kill 500 writers at random moments, alone and four at once (ten minutes)
# make check   lint, format, types, layers, content, translations, known vulnerabilities; no test
# make audit   ask for known vulnerabilities of what is locked; fails where that cannot be told
# make bench   measure
# make lock    resolve requirements/*.in again (needs uv)
# make clean   remove .venv and caches; never learners' data
#
# All paths are relative and every tool is run as a module, so a folder with blanks works.

PYTHON ?= python3
WORKERS ?= 2
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-cache-dir --require-hashes

# A stamp carries the hash of what was installed: a second run installs nothing.
RUN_STAMP := .venv/installed-run-$(shell cksum < requirements/run.txt | tr -d ' ')
DEV_STAMP := .venv/installed-dev-$(shell cksum < requirements/dev.txt | tr -d ' ')

.DELETE_ON_ERROR:
.PHONY: help run test explore soak check audit bench lock clean chromium

help:
	@sed -n '/^# make/s/^# //p' Makefile

run: $(RUN_STAMP)
	@$(PY) -m jiejian.serve

test: chromium check
	$(PY) -m pytest -n $(WORKERS)

explore: $(DEV_STAMP)
	JIEJIAN_EXAMPLES=explore $(PY) -m pytest -n $(WORKERS) -m 'not browser' --hypothesis-show-statistics -q tests/unit

soak: $(DEV_STAMP)
	JIEJIAN_KILLS=500 $(PY) -m pytest -q tests/unit/store/test_store_kills.py

check: $(DEV_STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache
	$(PY) -m jiejian.content
	$(PY) -m jiejian.translations
	$(PY) requirements/audit.py

audit: $(DEV_STAMP)
	$(PY) requirements/audit.py --strict

bench: $(DEV_STAMP)
	$(PY) -m bench

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv (https://docs.astral.sh/uv/).' >&2; exit 1; }
	cd requirements && for name in run dev; do \
	  UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	    $$name.in -o $$name.txt || exit 1; \
	done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

chromium:
	@for name in "$$JIEJIAN_CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	  if [ -n "$$name" ] && command -v "$$name" >/dev/null 2>&1; then exit 0; fi; \
	done; \
	echo 'The browser tests need Chromium, and none was found here.' >&2; \
	echo '  Debian, Ubuntu:  sudo apt-get install chromium fonts-noto-cjk' >&2; \
	echo '  Fedora:          sudo dnf install chromium google-noto-sans-cjk-fonts' >&2; \
	echo '  macOS:           brew install --cask chromium' >&2; \
	echo '  Elsewhere:       set JIEJIAN_CHROMIUM to the program.' >&2; \
	echo 'Everything but the tests:  make check' >&2; \
	exit 1

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo 'Jiejian needs Python 3.11 or newer; "$(PYTHON)" was not found.' >&2; \
	  echo 'Install it, or name another:  make run PYTHON=python3.12' >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Jiejian needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." >&2; \
	  echo 'Install a newer one, or name it:  make run PYTHON=python3.12' >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  version=$$("$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "This Python has no venv module. Debian, Ubuntu: sudo apt-get install python$$version-venv" >&2; \
	  exit 1; }
	@echo 'Preparing .venv ...'
	@rm -rf .venv && "$(PYTHON)" -m venv .venv || { rm -rf .venv; exit 1; }

$(RUN_STAMP): | $(PY)
	@echo 'Installing what Jiejian runs on (once, a minute or two) ...'
	@$(PIP) -r requirements/run.txt
	@rm -f .venv/installed-run-* && touch $@

$(DEV_STAMP): | $(PY)
	@echo 'Installing what Jiejian is checked and tested with (once) ...'
	@$(PIP) -r requirements/dev.txt
	@rm -f .venv/installed-dev-* && touch $@
