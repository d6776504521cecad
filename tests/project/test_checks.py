import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError


@pytest.fixture
def found(settings):
    """The ids of our own messages, under some settings; every one must come with a hint."""

    settings.ALLOWED_HOSTS = ["localhost"]  # Django adds its test server's name

    def found(**overrides):
        for name, value in overrides.items():
            setattr(settings, name, value)
        ours = [message for message in run_checks() if str(message.id).startswith("archive.")]
        assert all(message.hint for message in ours)
        return [message.id for message in ours]

    return found


@pytest.fixture(autouse=True)
def _no_secret_in_the_environment(monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)


PUBLIC = ["archive.example", "localhost"]


@pytest.mark.parametrize("host", ["localhost", "desk.localhost", "127.0.0.1", "127.1.2.3", "[::1]"])
def test_on_ones_own_computer_nothing_is_amiss(found, host):
    assert found(ALLOWED_HOSTS=[host], DEBUG=True, HTTPS=False) == []


def test_a_public_site_configured_by_the_book_passes(found, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    assert found(ALLOWED_HOSTS=PUBLIC, DEBUG=False, HTTPS=True) == []


@pytest.mark.parametrize(
    "host", ["archive.example", "127.example", "localhost.example", "10.0.0.1"]
)
def test_a_public_site_without_a_secret_key_of_its_own_is_an_error(found, host):
    assert found(ALLOWED_HOSTS=[host], DEBUG=False, HTTPS=True) == ["archive.E002"]


def test_a_wildcard_host_is_an_error(found, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    assert found(ALLOWED_HOSTS=["*"], DEBUG=False, HTTPS=True) == ["archive.E001"]


def test_debug_in_public_is_an_error(found, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    assert found(ALLOWED_HOSTS=PUBLIC, DEBUG=True, HTTPS=True) == ["archive.E003"]


def test_plain_http_in_public_is_a_warning(found, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "k" * 60)
    assert found(ALLOWED_HOSTS=PUBLIC, DEBUG=False, HTTPS=False) == ["archive.W001"]


# The setting is looked at, and no connection made from it.
changes_databases = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")


@changes_databases
@pytest.mark.parametrize("place", ["missing/archive.sqlite3", "file/archive.sqlite3", "folder"])
def test_a_database_that_sqlite_cannot_write_is_an_error(found, tmp_path, settings, place):
    (tmp_path / "file").write_text("not a folder")
    (tmp_path / "folder").mkdir()
    database = {**settings.DATABASES["default"], "NAME": tmp_path / place}
    assert found(DATABASES={"default": database}) == ["archive.E004"]


@changes_databases
def test_a_database_that_is_still_to_be_made_is_fine(found, tmp_path, settings):
    database = {**settings.DATABASES["default"], "NAME": tmp_path / "archive.sqlite3"}
    assert found(DATABASES={"default": database}) == []


@pytest.mark.django_db
def test_a_misconfigured_site_is_stopped_before_it_migrates(settings):
    settings.ALLOWED_HOSTS = ["*"]
    with pytest.raises(SystemCheckError, match="archive.E001"):
        call_command("migrate", verbosity=0, skip_checks=False)
