import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from diplomacy_archive import env

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.delenv("ARCHIVE_TEST", raising=False)


@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_variable_counts_as_one_that_is_not_set(monkeypatch, empty):
    monkeypatch.setenv("ARCHIVE_TEST", empty)
    assert env.text("ARCHIVE_TEST", default="default") == "default"
    assert env.boolean("ARCHIVE_TEST", default=True) is True
    assert env.integer("ARCHIVE_TEST", default=7, minimum=1, maximum=9) == 7
    assert env.items("ARCHIVE_TEST", default=["a"]) == ["a"]
    assert env.url("ARCHIVE_TEST", default="sqlite:///a", schemes=["sqlite"]) == "sqlite:///a"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), (" on ", True), ("0", False), ("FALSE", False)]
)
def test_a_boolean_is_read_in_the_usual_spellings(monkeypatch, value, meant):
    monkeypatch.setenv("ARCHIVE_TEST", value)
    assert env.boolean("ARCHIVE_TEST", default=not meant) is meant


def test_a_wrong_boolean_names_the_variable_the_value_and_what_is_accepted(monkeypatch):
    monkeypatch.setenv("ARCHIVE_TEST", "ture")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.boolean("ARCHIVE_TEST")
    for part in ("ARCHIVE_TEST", "'ture'", "true", "false"):
        assert part in str(refusal.value)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "1_0", "+8", "8.0", "٨", "eight", "9" * 999])
def test_a_wrong_number_is_refused_with_its_bounds(monkeypatch, value):
    monkeypatch.setenv("ARCHIVE_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="ARCHIVE_TEST.* from 1 to 65535"):
        env.integer("ARCHIVE_TEST", default=1, minimum=1, maximum=65535)


@given(number=st.integers(1, 65535))
def test_every_number_within_the_bounds_is_read(number):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_TEST", str(number))
        assert env.integer("ARCHIVE_TEST", default=1, minimum=1, maximum=65535) == number


def test_a_list_is_parted_by_commas_and_forgives_spaces(monkeypatch):
    monkeypatch.setenv("ARCHIVE_TEST", " a.example, b.example ,,")
    assert env.items("ARCHIVE_TEST") == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "value",
    ["archive.sqlite3", "mysql://localhost/a", "sqlite:/a", "sqlite://a:port/", "sqlite://[::1"],
)
def test_a_wrong_url_is_refused_with_the_schemes_that_are_accepted(monkeypatch, value):
    monkeypatch.setenv("ARCHIVE_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="ARCHIVE_TEST.*sqlite://"):
        env.url("ARCHIVE_TEST", default="", schemes=["sqlite"])


@pytest.mark.parametrize("password", ["hunter2", "hunter2@home"])
def test_a_refusal_never_shows_the_password_in_a_url(monkeypatch, password):
    monkeypatch.setenv("ARCHIVE_TEST", f"mysql://leyla:{password}@db.example/archive")
    with pytest.raises(ImproperlyConfigured, match=r"mysql://\*\*\*@db\.example") as refusal:
        env.url("ARCHIVE_TEST", default="", schemes=["postgres"])
    assert "hunter2" not in str(refusal.value)


def test_a_secret_in_the_environment_is_used_and_no_file_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("ARCHIVE_TEST", "from the environment")
    assert env.secret("ARCHIVE_TEST", kept_in=tmp_path / "key") == "from the environment"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path):
    key = env.secret("ARCHIVE_TEST", kept_in=tmp_path / "key")
    assert len(key) >= 50
    assert env.secret("ARCHIVE_TEST", kept_in=tmp_path / "key") == key
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_processes_that_start_at_once_share_one_secret(tmp_path):
    code = f"from diplomacy_archive import env; print(env.secret('NOT_SET', '{tmp_path}/key'))"
    command = [sys.executable, "-c", code]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) for _ in range(6)]
    keys = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0] * 6
    assert len(keys) == 1


@pytest.mark.parametrize("spoilt", ["", "short\n"])
def test_a_spoilt_secret_file_is_refused_by_name_and_left_as_it_is(tmp_path, spoilt):
    (tmp_path / "key").write_text(spoilt)
    with pytest.raises(ImproperlyConfigured, match=f"{tmp_path / 'key'}.*ARCHIVE_TEST"):
        env.secret("ARCHIVE_TEST", kept_in=tmp_path / "key")
    assert (tmp_path / "key").read_text() == spoilt
