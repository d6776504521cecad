"""Two versions of a text, compared as a reader would: by paragraph, and within it by word."""

import pytest

from articles.differences import Paragraph, compare, is_different, words


def test_equal_texts_are_the_same():
    text = "The ministers met.\n\nThey spoke of trade."
    assert compare(text, text) == [
        Paragraph("same", [("same", "The ministers met.")]),
        Paragraph("same", [("same", "They spoke of trade.")]),
    ]
    assert not is_different(compare(text, text))


def test_words_that_changed_are_told_within_their_paragraph():
    assert compare("The ministers met in Baku.", "The ministers met in Tabriz.") == [
        Paragraph(
            "changed",
            [("same", "The ministers met in "), ("old", "Baku"), ("new", "Tabriz"), ("same", ".")],
        )
    ]


def test_words_that_changed_side_by_side_are_one_piece():
    assert words("The two ministers met", "The old envoys met") == [
        ("same", "The "), ("old", "two ministers "), ("new", "old envoys "), ("same", "met"),
    ]  # fmt: skip


def test_a_paragraph_of_other_words_is_another_one():
    old = "They spoke of trade.\n\nNothing was signed that day."
    new = "They spoke of trade.\n\nA reception followed in the evening at the embassy."
    assert [paragraph.kind for paragraph in compare(old, new)] == ["same", "old", "new"]


def test_a_paragraph_put_between_leaves_its_neighbours():
    kinds = [
        p.kind for p in compare("One stands.\n\nTwo sits.", "One stands.\n\nNew.\n\nTwo sits.")
    ]
    assert kinds == ["same", "new", "same"]


def test_another_space_is_no_difference():
    assert not is_different([Paragraph(k, []) for k, _ in words("They  met .", "They met.")])


@pytest.mark.parametrize(("old", "new"), [("", ""), ("", "New."), ("Old.", "")])
def test_an_empty_text_is_compared_too(old, new):
    kinds = [paragraph.kind for paragraph in compare(old, new)]
    assert kinds == ["old"] * bool(old) + ["new"] * bool(new)


def test_old_and_new_text_can_be_read_out_of_the_difference():
    old, new = "He said: “No”, twice; then left.", "She said “No” once, and then she left."
    pieces = words(old, new)
    told = "".join(text for kind, text in pieces if kind != "old")
    assert told.split() == new.split()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n\n" * 100_000, "b\n\n" * 100_000),
        ("a " * 300_000, "b " * 300_000),
        ("x" * 1_000_000, "y" * 1_000_000),
    ],
)
def test_huge_texts_are_shown_whole(old, new):
    assert {paragraph.kind for paragraph in compare(old, new)} == {"old", "new"}


def test_one_word_said_thousands_of_times_is_shown_whole():
    old, new = "no " * 2900, "no " * 1400 + "yes " + "no " * 1400
    assert [kind for kind, _ in words(old, new)] == ["old", "new"]
    assert [p.kind for p in compare(old, new)] == ["old", "new"]


def test_words_taken_away_at_the_end_do_not_touch_what_stands_before_them():
    assert words("A summary of it.", "A summary.") == [
        ("same", "A summary"), ("old", " of it"), ("same", "."),
    ]  # fmt: skip
