"""What the documents say is there: files, commands, variables."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
TEXT = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
DEPLOYMENT = TEXT[ROOT / "docs/deployment.md"]
ENVIRONMENT = (ROOT / "docs/deploy/environment.example").read_text()
SETTINGS = (ROOT / "diplomacy_archive/settings.py").read_text()
GUNICORN = (ROOT / "gunicorn.conf.py").read_text()
VARIABLES = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", SETTINGS + GUNICORN)) | set(
    re.findall(r"env\.integer\('([A-Z_]+)'", GUNICORN)
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document):
    for link in re.findall(r"\]\(([^)#]+)\)", TEXT[document]):
        assert link.startswith("https://") or (document.parent / link).exists(), link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_exists(document):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = TEXT[document]
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands())
    assert set(re.findall(r"(?:^|[`\s])make ([a-z]+)(?=[`\s]*(?:#|$|`))", text)) <= targets


def test_every_variable_that_the_site_reads_is_explained():
    assert {"SECRET_KEY", "DATABASE_URL", "PORT"} <= VARIABLES
    assert {name for name in VARIABLES if f"`{name}`" not in DEPLOYMENT} == set()


def test_the_example_sets_only_what_the_site_reads():
    assert set(re.findall(r"^([A-Z_]+)=", ENVIRONMENT, re.MULTILINE)) <= VARIABLES


def test_nginx_asks_at_the_port_where_gunicorn_listens():
    port = re.search(r"^PORT=(\d+)", ENVIRONMENT, re.MULTILINE)[1]
    nginx = (ROOT / "docs/deploy/nginx.conf").read_text()
    assert f"proxy_pass http://127.0.0.1:{port};" in nginx
    assert f"default={port}" in GUNICORN
