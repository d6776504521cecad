import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder


def test_healthz_answers_without_the_database(client):
    # No django_db mark: a query would raise.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.content == b"ok\n"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_ready_when_every_migration_is_applied(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_says_503_while_a_migration_is_missing(client):
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready: migrations not applied: 1\n"


@pytest.mark.django_db
def test_readyz_says_503_and_no_details_when_the_database_does_not_answer(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("password of leyla refused at db.example")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready: the database does not answer\n"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_is_read_and_never_posted_to(client, address):
    assert client.post(address).status_code == 405
