# make run    the archive on http://127.0.0.1:8000/ (PORT=8123 make run: on another port)
# make test   everything: lint, checks, tests on both engines and in a browser
# make lint   lint alone
# make bench  how fast pages are read, beside Datasette and a naive Django site; see docs/performance.md
# make lock   renew the pinned versions after a change in pyproject.toml
# make clean  remove what can be made again; never the database nor the key

# The first that fits. PYTHON=... chooses another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$python && break; \
	done)
BIN = .venv/bin
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test lint bench lock clean

run: .venv/run.stamp
	@$(BIN)/python manage.py check --tag security --tag files --tag database --database default >/dev/null
	@$(BIN)/python manage.py migrate --noinput --verbosity 0
	@$(BIN)/python manage.py load_starter_archive
	@$(BIN)/python manage.py rebuild_search --if-stale
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo
	@echo "The archive:           http://127.0.0.1:$${PORT:-8000}/   (Ctrl-C stops it)"
	@echo "The editors' desk:     http://127.0.0.1:$${PORT:-8000}/admin/"
	@echo "An editor's account:   $(BIN)/python manage.py createsuperuser"
	@echo
	@exec $(BIN)/gunicorn

test: .venv/test.stamp
	@tests/install.sh
	@$(BIN)/python tests/suite.py

lint: .venv/test.stamp
	@$(BIN)/python tests/suite.py lint

# BENCH=1000000 make bench: a million articles. ENGINE=postgresql make bench: on PostgreSQL.
bench: .venv/run.stamp
	@$(BIN)/python -m tests.bench.reading

# UPGRADE=--upgrade make lock: take the newest versions, too.
UV_COMPILE = $(BIN)/uv pip compile pyproject.toml --extra production --universal \
	--python-version 3.11 --generate-hashes --custom-compile-command "make lock" --quiet $(UPGRADE)
lock: .venv/test.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV_COMPILE) --output-file requirements.txt
	$(UV_COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf .venv var .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps lie in .venv, so that both vanish with it.
.venv/run.stamp: requirements.txt
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer, and no python3 here is." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "This needs Python 3.11 or newer; $(PYTHON) is not." >&2; exit 1; }
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv --clear .venv || \
		{ echo "$(PYTHON) cannot make a .venv. On Debian: apt install python3-venv" >&2; exit 1; }
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/run.stamp
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@
