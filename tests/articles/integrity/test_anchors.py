"""Mentions follow their words through edits of the body, or are flagged: never are other words
taken for theirs."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import integrity
from articles.integrity import states, verification
from articles.integrity.anchors import Standing, standing
from articles.models import Article, Mention, Record
from tests.make import by_sql, make_article, make_country, make_mention

BODY = (
    "Iran and Azerbaijan spoke of trade.\n\n"
    "The minister of Iran said that Iran would open its border.\n\n"
    "A second meeting will follow in Baku."
)


@pytest.fixture
def report(db):
    return make_article("Iran and Azerbaijan speak", [make_country("Azerbaijan")], body=BODY)


@pytest.fixture
def mentions(report):
    """Of the three places where Iran is named."""
    iran, found, at = make_country("Iran"), [], 0
    for _ in range(3):
        at = BODY.index("Iran", at)
        found.append(make_mention(report, iran, start=at, end=at + 4))
        at += 4
    return found


def edit(report, body):
    with integrity.change("leyla", "The agency sent it anew"):
        report.body = body
        report.save()


def faults():
    found = verification.verify().findings
    return [finding for finding in found if finding.damage != "unattributed"]  # made by tests


def places(report):
    """(start, whether it is lost) of each; what is not lost stands where it says."""
    body = Article.objects.get(pk=report.pk).body
    found = list(Mention.objects.order_by("pk"))
    for mention in found:
        assert mention.is_lost or body[mention.start : mention.end] == mention.text
    return [(mention.start, mention.is_lost) for mention in found]


def test_words_put_before_move_all_that_follows(report, mentions):
    edit(report, f"Baku, 2 July.\n\n{BODY}")
    assert places(report) == [(m.start + len("Baku, 2 July.\n\n"), False) for m in mentions]


def test_each_stays_with_its_own_words_where_several_are_alike(report, mentions):
    edit(report, BODY.replace("Iran and Azerbaijan", "Azerbaijan and Iran"))
    first, *others = places(report)
    assert others == [(m.start, False) for m in mentions[1:]]
    assert first in [(15, False), (0, True)]


def test_words_that_are_gone_are_flagged_and_the_others_stay(report, mentions):
    edit(report, BODY.replace("The minister of Iran said", "The minister said"))
    (_, first), (_, second), (start, third) = places(report)
    assert (first, second, third) == (False, True, False)
    assert start == mentions[2].start - len(" of Iran")


def test_what_was_lost_is_found_again_when_the_text_comes_back(report, mentions):
    edit(report, "Nothing was said.")
    assert [is_lost for _, is_lost in places(report)] == [True] * 3

    edit(report, BODY)

    assert places(report) == [(m.start, False) for m in mentions]


def test_edits_in_several_places_at_once(report, mentions):
    edited = f"Wire: {BODY}".replace("trade", "trade and transit").replace("open", "soon open")
    edit(report, edited)
    assert [is_lost for _, is_lost in places(report)] == [False] * 3


def test_a_move_is_a_version_of_the_mention_by_who_edited_the_story(report, mentions):
    edit(report, f"Baku.\n\n{BODY}")
    record = Record.objects.get(kind="mention", object_id=mentions[0].pk)
    assert record.number == 2
    assert (record.change.made_by, record.change.reason) == ("leyla", "The agency sent it anew")
    assert not faults()


def test_an_edit_of_something_else_leaves_them(report, mentions):
    with integrity.change("leyla", "A better headline"):
        report.headline = "Iran, Azerbaijan speak"
        report.save()
    assert set(Record.objects.filter(kind="mention").values_list("number", flat=True)) == {1}


def test_a_body_changed_by_sql_is_named_by_verification(report, mentions):
    by_sql("UPDATE articles_article SET body = 'Nothing was said.'")
    told = [str(finding) for finding in verification.verify().findings]
    assert sum(one.startswith("words: mention of iran") for one in told) == 3


def test_what_is_said_and_edited_in_one_change_stands_or_is_flagged(report):
    iran = make_country("Iran")
    with integrity.change("leyla", "Sent anew, and read"):
        report.body = f"Baku. {BODY}"
        report.save()
        make_mention(report, iran)  # of the text as it will be
    assert places(report) == [(len("Baku. "), False)]
    with integrity.change("leyla", "A new one, changed at once"):
        another = make_article("Another", body="Iran spoke.")
        make_mention(another, iran)
        another.body = "Baku. Iran spoke."
        another.save()
    mention = another.mentions.get()
    assert mention.is_lost
    assert not faults()


def test_words_that_move_where_the_change_says_the_same_are_said_once(report, mentions):
    with integrity.change("leyla", "Sent anew, and read"):
        report.body = f"Baku. {BODY}"
        report.save()
        make_mention(report, mentions[0].country)  # where the first of them moves to
    assert places(report) == [
        (0, True), *((m.start + 6, False) for m in mentions[1:]), (6, False)
    ]  # fmt: skip
    assert not faults()


def test_an_old_version_of_a_mention_stands_or_is_flagged(report, mentions):
    first = mentions[0]
    edit(report, f"Baku. {BODY}")
    with integrity.change("leyla", "Back to what it was"):
        states.restore(Mention.objects.get(pk=first.pk), first.record.versions.get(number=1).state)
    assert places(report)[0] == (0, True)
    assert not faults()


def test_a_name_that_goes_on_now_is_another(report, mentions):
    edit(report, BODY.replace("Iran and", "Iranistan and").replace("of Iran", "of Greateriran"))
    assert [is_lost for _, is_lost in places(report)] == [True, True, False]


@pytest.mark.parametrize("length", [1, 900])
def test_what_follows_a_name_may_change(report, length):
    iran, more = make_country("Iran"), "\n\n".join(f"Line {n} of the text." for n in range(length))
    story = make_article("Long", body=f"They met.\n\n{more}\n\nIn Iran they said so. So did Iran")
    for at in (story.body.index("Iran"), story.body.rindex("Iran")):
        make_mention(story, iran, start=at, end=at + 4)
    after = story.body.replace("Iran they", "Iran, they").replace("met.", "met again.")
    edit(story, f"x {after}.\n\nThey parted.")
    assert not Mention.objects.filter(is_lost=True).exists()
    assert not faults()


def test_a_thousand_words_follow_soon(report):
    iran, text = report.countries.get(), "Azerbaijan and Iran spoke.\n\n" * 1_000
    story = make_article("Long", body=text)
    step = len("Azerbaijan and Iran spoke.\n\n")
    for number in range(1_000):
        at = number * step
        make_mention(story, iran, "Azerbaijan", start=at, end=at + len("Azerbaijan"))
    begun = time.monotonic()
    edit(story, f"Baku. {text}")
    assert time.monotonic() - begun < 20
    assert not Mention.objects.filter(is_lost=True).exists()
    assert not faults()


# Of any two texts

words = st.lists(st.sampled_from(["Iran", "and", "Baku", "spoke.", "\n\n", "of"]), max_size=40)


@given(words, words)
def test_what_is_said_to_stand_stands(before, after):
    before, after = " ".join(before), " ".join(after)
    for old, new, length in standing(before, after):
        assert before[old : old + length] == after[new : new + length]


@given(words, st.integers(0, 40), words)
def test_words_around_one_edit_are_never_lost(before, at, put):
    old = " ".join(before)
    new = " ".join([*before[:at], *put, *before[at:]])
    kept = Standing(old, new)
    if before:
        assert kept.moved(0, len(before[0])) is not None or at == 0
    for start in range(0, len(old), 7):
        end = min(len(old), start + 4)
        place = kept.moved(start, end)
        assert place is None or new[place : place + end - start] == old[start:end]


def test_a_text_of_a_million_letters_is_compared_soon():
    old = "word " * 200_000
    new = f"{old[:500_000]}x {old[500_000:]}"
    kept = Standing(old, new)
    assert kept.moved(0, 4) == 0
    assert kept.moved(999_995, 999_999) == 999_997
    parted = "\n\n".join(f"word {number}" for number in range(50_000))
    assert Standing(parted, f"x\n\n{parted}\n\nx").moved(90, 94) == 93
