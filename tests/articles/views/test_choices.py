"""The choices beside a list: so many are shown, and always those that were chosen."""

import re

import pytest

from articles.views.choices import MOST
from tests.make import make_article, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    """Two more than there is room for; the last is the most frequent."""
    made = [make_topic(f"Topic {n:02}") for n in range(MOST + 2)]
    for topic in [*made, made[-1]]:
        make_article(f"On {topic} {topic.pk}", topics=[topic])
    return made


def choices(client, **asked):
    """(label, count) of each choice of a topic, and what is said below them."""
    page = client.get("/articles/", asked).content.decode()
    group = page.partition("Topic, any of them</h3>")[2].partition("</div>")[0]
    links = re.findall(r"<bdi>(.*?)</bdi>.*?>(\d+)</span></a>", group)
    told = re.findall(r'<p class="small">(.*?)</p>', group)
    return [(label, int(count)) for label, count in links], told


def test_the_most_frequent_come_first_and_the_others_by_name(client, topics):
    found, told = choices(client)

    assert found[0] == ("Topic 19", 2)
    assert [label for label, _ in found[1:]] == [str(topic) for topic in topics[: MOST - 1]]
    assert told == ["and 2 others, none more frequent"]


def test_what_is_chosen_is_shown_however_rare_it_is(client, topics):
    rare = topics[MOST]
    page = client.get("/articles/", {"topic": rare.slug}).content.decode()

    found, told = choices(client, topic=rare.slug)

    assert found[0] == (str(rare), 1)
    assert f"✓ <bdi>{rare}</bdi>" in page
    assert len(found) == MOST
    assert told == ["and 2 others, none more frequent"]
