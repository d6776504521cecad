import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_logs_in_and_the_browser_blocks_nothing(page, live_server, django_user_model):
    django_user_model.objects.create_superuser("leyla", "leyla@archive.example", "a long password")
    complaints = []
    page.on(
        "console",
        lambda message: "Content Security" in message.text and complaints.append(message.text),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("leyla")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()

    page.get_by_role("button", name="Log out").wait_for()
    assert complaints == []
