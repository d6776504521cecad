import json
import stat
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def test_without_variables_the_site_is_for_this_computer_only_and_without_debug(in_the_project):
    said = in_the_project("print(settings.DEBUG, *settings.ALLOWED_HOSTS)").stdout
    assert said == "False localhost 127.0.0.1 [::1]"


def test_debug_is_switched_on_by_its_variable(in_the_project):
    assert in_the_project("print(settings.DEBUG)", DEBUG="1").stdout == "True"


def test_hosts_are_named_by_their_variable(in_the_project):
    said = in_the_project("print(*settings.ALLOWED_HOSTS)", ALLOWED_HOSTS="a.example, b.example")
    assert said.stdout == "a.example b.example"


def test_a_wrong_variable_stops_the_site_and_names_itself(in_the_project):
    ended = in_the_project("", HTTPS="maybe")
    assert ended.returncode != 0
    assert "HTTPS='maybe' is not accepted" in ended.stderr


def test_the_secret_key_is_kept_in_a_file_that_only_its_owner_reads(in_the_project):
    first = in_the_project("print(settings.SECRET_KEY)").stdout
    assert in_the_project("print(settings.SECRET_KEY)").stdout == first
    assert (ROOT / ".secret-key").read_text().strip() == first
    assert stat.S_IMODE((ROOT / ".secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", ROOT / "archive.sqlite3"),
        ("sqlite:///archive.sqlite3", ROOT / "archive.sqlite3"),
        ("sqlite:///var/other.sqlite3", ROOT / "var" / "other.sqlite3"),
        ("sqlite:////somewhere/archive.sqlite3", Path("/somewhere/archive.sqlite3")),
    ],
)
def test_a_relative_database_lies_in_the_project_wherever_one_stands(
    in_the_project, tmp_path, url, path
):
    said = in_the_project(
        "print(settings.DATABASES['default']['NAME'])", cwd=tmp_path, DATABASE_URL=url
    )
    assert said.stdout == str(path)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite://archive.sqlite3"])
def test_a_database_url_without_a_file_is_refused_and_not_kept_in_memory(in_the_project, url):
    ended = in_the_project("", DATABASE_URL=url)
    assert ended.returncode != 0
    assert f"DATABASE_URL='{url}' is not accepted" in ended.stderr
    assert "three slashes" in ended.stderr


def test_a_connection_to_sqlite_is_durable_and_patient(in_the_project, tmp_path):
    code = """
from django.db import connection
for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout",
               "recursive_triggers"):
    print(*connection.cursor().execute("PRAGMA " + pragma).fetchone())
print(connection.transaction_mode)
"""
    said = in_the_project(code, DATABASE_URL=f"sqlite:///{tmp_path}/archive.sqlite3").stdout
    assert said.split() == ["wal", "2", "1", "30000", "1", "IMMEDIATE"]


def test_postgresql_is_named_by_its_url_and_keeps_the_urls_own_options(in_the_project):
    code = """
import json
database = settings.DATABASES["default"]
print(json.dumps({name: database[name] for name in (
    "ENGINE", "NAME", "USER", "HOST", "CONN_HEALTH_CHECKS", "OPTIONS", "ATOMIC_REQUESTS")}))
"""
    url = "postgres://archive:secret@db.example:5433/news?sslmode=verify-full&connect_timeout=9"
    said = json.loads(in_the_project(code, DATABASE_URL=url).stdout)
    options = said.pop("OPTIONS")
    assert said == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "archive",
        "HOST": "db.example",
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
    assert options["sslmode"] == "verify-full"
    assert str(options["connect_timeout"]) == "9"


def test_with_https_cookies_are_bound_to_the_host_and_plain_http_is_redirected(in_the_project):
    code = "for name in ('SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'SECURE_SSL_REDIRECT'):"
    code += "print(getattr(settings, name))"
    said = in_the_project(code, HTTPS="1").stdout
    assert said.split() == ["__Host-sessionid", "__Host-csrftoken", "True"]
    assert in_the_project(code).stdout.split() == ["sessionid", "csrftoken", "False"]


@pytest.mark.django_db
def test_pages_carry_the_security_headers(client):
    headers = client.get("/admin/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
