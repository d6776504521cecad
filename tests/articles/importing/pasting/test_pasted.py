"""A story that was pasted is read as the fields of a record; what is in doubt is left open."""

import contextlib
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import dates
from articles.importing import formats
from articles.importing.pasting.pasted import PasteError, original_of, read
from articles.models.article import text_reference

SEED = (Path(__file__).resolve().parents[3] / "data" / "anadolu.txt").read_text()
HEADLINE, _, _REST = SEED.partition("\n\n")
BODY = _REST.removesuffix("\n\nSource: Anadolu Agency")


def wrapped(width, between="\n\n"):
    paragraphs = SEED.split("\n\n")
    return between.join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)


def curly(text):
    return text.replace("'", "’").replace(' "', " “").replace('"', "”")


SAME = {
    "as it is": SEED,
    "a line end at its end": f"{SEED}\n",
    "blank lines around": f"\n \n\t\n{SEED}\n\n   \n",
    "CRLF": SEED.replace("\n", "\r\n"),
    "CR": SEED.replace("\n", "\r"),
    "line separators": SEED.replace("\n", "\u2028"),
    "paragraph separators": SEED.replace("\n\n", "\u2029"),
    "form feeds": SEED.replace("\n\n", "\n\f", 2),
    "NEL": SEED.replace("\n", "\x85"),
    "BOM": f"\ufeff{SEED}",
    "BOM in the middle": SEED.replace("phone", "\ufeffphone"),
    "NBSP": SEED.replace(" ", "\u00a0"),
    "narrow NBSP and thin blanks": SEED.replace(" a", "\u202fa").replace(" t", "\u2009t"),
    "NBSP beside blanks": SEED.replace(", ", ",\u00a0 "),
    "curly quotes": curly(SEED),
    "low quotes": SEED.replace(' "b', " „b"),
    "zero width blanks": SEED.replace("Azer", "Azer\u200b"),
    "joiners in Latin words": SEED.replace("Azer", "Azer\u200c").replace("Iran", "\u200dIran"),
    "soft hyphens": SEED.replace("relations", "rela\u00adtions"),
    "no-break hyphens": SEED.replace("-", "\u2011"),
    "directions": SEED.replace("Iran", "\u202aIran\u202c").replace("Baku", "\u200eBaku"),
    "trailing blanks": SEED.replace("\n", " \t \n"),
    "tabs": SEED.replace("\n\n", "\n\n\t").replace(" the ", "\tthe\t"),
    "blanks in empty lines": SEED.replace("\n\n", "\n \t\n"),
    "many blank lines": SEED.replace("\n\n", "\n\n\n\n"),
    "one line end between paragraphs": SEED.replace("\n\n", "\n"),
    "the same with CRLF": SEED.replace("\n\n", "\r\n"),
    "a blank line after the headline alone": SEED.replace("\n\n", "\n").replace("\n", "\n\n", 1),
    "the source in brackets": SEED.replace("Source: Anadolu Agency", "(Source: Anadolu Agency)"),
    "the source in capitals": SEED.replace("Source:", "SOURCE :"),
    **{f"broken at {width}": wrapped(width) for width in (60, 65, 72, 76, 80, 95)},
    "broken at 72 with CRLF": wrapped(72).replace("\n", "\r\n"),
    "broken at its hyphens": "\n\n".join(textwrap.fill(p, 72) for p in SEED.split("\n\n")),
    "broken at 76, paragraphs by one line end": wrapped(76, "\n"),
    "everything": f"\ufeff{curly(wrapped(72))}  ".replace(" ", "\u00a0").replace("\n", "\r\n"),
}


@pytest.mark.parametrize("name", SAME)
def test_typography_and_line_ends_make_no_difference(name):
    found = read(SAME[name])

    assert found.headline == HEADLINE
    assert found.body == BODY
    assert (found.credit, found.language) == ("Anadolu Agency", "en")
    assert (found.byline, found.dateline, found.published, found.published_note) == ("",) * 4
    if name != "directions":  # these part words, for the import
        assert found.import_ref == text_reference(HEADLINE, BODY)


def test_a_sunday_dates_nothing_and_that_is_told():
    assert [note.text for note in read(SEED).notes if note.field == "published"] == [
        "The text prints no date of its own; it is left undated."
    ]


def test_what_is_in_doubt_keeps_its_line_end_and_is_told():
    """At 72 the last line of a paragraph is full, and nothing parts it from the next."""
    found = read(wrapped(72, "\n"))

    assert found.headline == HEADLINE
    assert " ".join(found.body.split()) == " ".join(BODY.split())
    assert any("is not plain" in note.text for note in found.notes if note.field == "body")


REST = "The talks have stalled in the capital of the state.\n\nThey gave no reason for that."
# Below the headline: what is read of it.
TEXTS = {
    "a city": (f"BAKU — {REST}", {"dateline": "BAKU"}),
    "a city and a country": (f"BAKU, Azerbaijan – {REST}", {"dateline": "BAKU, Azerbaijan"}),
    "two dashes": (f"UNITED NATIONS -- {REST}", {"dateline": "UNITED NATIONS"}),
    "a city above the story": (f"ANKARA\n\n{REST}", {"dateline": "ANKARA"}),
    "two cities": (f"BAKU/YEREVAN - {REST}", {"dateline": "BAKU/YEREVAN"}),
    "an agency": (f"ANKARA (AA) - {REST}", {"dateline": "ANKARA", "credit": "AA"}),
    "an agency and a day": (
        f"BEIJING, July 2 (Xinhua) -- {REST}",
        {"dateline": "BEIJING, July 2", "credit": "Xinhua"},
    ),
    "an agency, a day and a year": (
        f"DUBAI, July 2, 2023 (Reuters) - {REST}",
        {"dateline": "DUBAI, July 2, 2023", "credit": "Reuters", "published": "2023-07-02"},
    ),
    "a day before the month": (
        f"Tehran, 02 July 2023 – {REST}",
        {"dateline": "Tehran, 02 July 2023", "published": "2023-07-02"},
    ),
    "a colon": (
        f"Baku, Azerbaijan, July 2, 2023: {REST}",
        {"dateline": "Baku, Azerbaijan, July 2, 2023", "published": "2023-07-02"},
    ),
    "a month cut short": (
        f"TEHRAN, Jul. 02 (MNA) – {REST}",
        {"dateline": "TEHRAN, Jul. 02", "credit": "MNA"},
    ),
    "an agency between strokes": (
        f"MOSCOW, July 2. /TASS/. {REST}",
        {"dateline": "MOSCOW, July 2", "credit": "TASS"},
    ),
    "a full stop": (
        f"BAKU, Azerbaijan, July 2, 2023. {REST}",
        {"dateline": "BAKU, Azerbaijan, July 2, 2023", "published": "2023-07-02"},
    ),
    "no place: a sentence with a day": (
        f"On Sunday, July 2, 2023. {REST}",
        {"body": f"On Sunday, July 2, 2023. {REST}"},
    ),
    "no place: a group": (f"The group (OPEC) - {REST}", {"body": f"The group (OPEC) - {REST}"}),
    "no place: a short sentence": (f"NATO. {REST}", {"body": f"NATO. {REST}"}),
    "no place: a label": (f"EXCLUSIVE - {REST}", {"body": f"EXCLUSIVE - {REST}"}),
    "no place: a sentence": (f"Iran - a state - {REST}", {"body": f"Iran - a state - {REST}"}),
    "no place: a colon": (f"Baku: {REST}", {"body": f"Baku: {REST}"}),
    "a byline": (f"By Jane Doe\n\n{REST}", {"byline": "Jane Doe"}),
    "two authors": (f"By JANE DOE and JOHN ROE\n{REST}", {"byline": "JANE DOE and JOHN ROE"}),
    "initials": (f"By J. R. O'Neil-Smith\n\n{REST}", {"byline": "J. R. O'Neil-Smith"}),
    "no byline: a sentence": (
        f"By Friday the talks had stalled.\n\n{REST}",
        {"body": f"By Friday the talks had stalled.\n\n{REST}"},
    ),
    "a byline and a date on one line": (
        f"Jane Doe  |02.07.2023 - Update : 03.07.2023\n\n{REST}",
        {"byline": "Jane Doe", "published": "2023-07-02"},
    ),
    "a name without a date is text": (f"Jane Doe\n\n{REST}", {"body": f"Jane Doe\n\n{REST}"}),
    "a date": (f"July 2, 2023\n\n{REST}", {"published": "2023-07-02"}),
    "a date with its weekday": (f"Sunday, July 2, 2023\n\n{REST}", {"published": "2023-07-02"}),
    "a labelled date": (f"Published: 2 July 2023\n{REST}", {"published": "2023-07-02"}),
    "a date at the end": (f"{REST}\n\n02 July 2023\n\nSource: X", {"published": "2023-07-02"}),
    "a dotted date": (f"02.07.2023\n\n{REST}", {"published": "2023-07-02"}),
    "an ISO date": (f"2023-07-02\n\n{REST}", {"published": "2023-07-02"}),
    "a time and its offset": (
        f"02.07.2023 14:05 (UTC+03:00)\n\n{REST}",
        {"published": "2023-07-02T14:05+03:00"},
    ),
    "GMT": (f"July 2, 2023 at 14:05 GMT\n\n{REST}", {"published": "2023-07-02T14:05+00:00"}),
    "a time of no known place": (f"July 2, 2023 14:05\n\n{REST}", {"published": "2023-07-02"}),
    "an update alone": (
        f"{REST}\n\nUpdated: 03.07.2023 14:05 (UTC+03:00)",
        {
            "published": "2023-07-03T14:05+03:00",
            "published_note": "The text prints when it was updated:"
            " “03.07.2023 14:05 (UTC+03:00)”.",
        },
    ),
    "published and updated": (
        f"Published: 2 July 2023\nUpdated: 3 July 2023\n\n{REST}",
        {"published": "2023-07-02"},
    ),
    "a day that no month can be": (f"17/07/2023\n\n{REST}", {"published": "2023-07-17"}),
    "the American way, when plain": (f"07/17/2023\n\n{REST}", {"published": "2023-07-17"}),
    "a date within a sentence": (
        "The law of July 2, 2023, was read.\n\nIt is the law of the land.",
        {"body": "The law of July 2, 2023, was read.\n\nIt is the law of the land."},
    ),
    "a weekday": (f"Sunday\n\n{REST}", {"body": f"Sunday\n\n{REST}"}),
    "a list": (
        "They agreed on three points\n- trade\n- transit\n\nThat was all of it.",
        {"body": "They agreed on three points\n- trade\n- transit\n\nThat was all of it."},
    ),
    "a line that names a source within": (
        "The talks stall.\n\nSource: the ministry.\n\nThey gave no reason.",
        {"body": "The talks stall.\n\nSource: the ministry.\n\nThey gave no reason."},
    ),
}
NOTHING = dict.fromkeys(
    ("byline", "dateline", "credit", "published", "published_note"), ""
)  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_what_stands_around_the_story_becomes_fields(name):
    text, wanted = TEXTS[name]

    found = read(f"Talks stall\n\n{text}")

    wanted = NOTHING | {"body": REST} | wanted
    if text.endswith("Source: X"):
        wanted["credit"] = "X"
    assert {field: getattr(found, field) for field in wanted} == wanted
    dates.span(found.published)
    noted = {note.field for note in found.notes}
    assert {"headline", "body", "published"} <= noted
    for field in ("byline", "dateline"):
        assert (field in noted) == bool(getattr(found, field))


OPEN = {
    "03/07/2023": "may be 3 July 2023 or 7 March 2023",
    "07-03-2023": "may be 7 March 2023 or 3 July 2023",
    "July 2": "prints no year",
    "2 July": "prints no year",
    "02.07.23": "which century",
    "31.02.2023": "no day of the calendar",
    "30/02/2023": "no day of the calendar",
    "Monday, July 2, 2023": "that day was a Sunday",
    "2 July 2023\n3 July 2023": "several dates",
}


@pytest.mark.parametrize("printed", OPEN)
def test_a_date_that_may_be_two_is_left_open_and_kept_as_evidence(printed):
    found = read(f"Talks stall\n\n{printed}\n\n{REST}")

    assert (found.published, found.body) == ("", REST)
    assert any(OPEN[printed] in note.text for note in found.notes if note.field == "published")
    assert all(f"“{one}”" in found.published_note for one in printed.split("\n"))


LANGUAGES = {
    "en": "The ministers of the two states met in the city and spoke of their trade.",
    "de": "Der Minister hat sich mit dem Kollegen in der Stadt getroffen und über Handel geredet.",
    "fr": "Le ministre a rencontré son homologue dans la ville et ils ont parlé du commerce.",
    "es": "El ministro se reunió con su homólogo en la ciudad y hablaron del comercio de los dos.",
    "tr": "Bakan, mevkidaşı ile bir görüşme yaptı ve bu görüşme için teşekkür etti.",
    "az": "Nazir həmkarı ilə görüşüb və bu görüş üçün təşəkkür edib.",
    "ru": "Министр встретился с коллегой в городе и говорил с ним о торговле.",
    "uk": "Міністр зустрівся з колегою у місті та говорив про торгівлю і про дорогу.",
    "fa": "وزیر خارجه با همتای خود در شهر دیدار کرد و از این گفتگو تشکر کرد.",
    "ar": "التقى الوزير نظيره في المدينة وتحدث عن التجارة مع الدول التي في المنطقة.",
    "hy": "Նախարարը հանդիպեց իր գործընկերոջը քաղաքում։",
    "ka": "მინისტრი შეხვდა თავის კოლეგას ქალაქში.",
    "he": "השר נפגש עם עמיתו בעיר ודיבר על סחר.",
    "zh": "外交部长在城里会见了他的同事。",
    "ja": "外相は市内で同僚と会談した。",
    "": "Lorem ipsum dolor sit amet consectetur.",
}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_language_is_told_where_it_is_plain_and_else_left_open(tag):
    text = LANGUAGES[tag]

    found = read(f"{text.split()[0]}\n\n{text}")

    assert found.language == tag
    assert any(note.field == "language" for note in found.notes) == (not tag)


def test_joiners_stay_where_a_script_needs_them():
    text = "می\u200cخواهند\n\nمی\u200cخواهند که در این شهر از آن سخن بگویند. 👩\u200d🚒"

    assert read(text).body == text.split("\n\n")[1]


BAD = {
    "nothing": ("", "no text"),
    "invisible": ("\u200b\ufeff \n", "no text"),
    "a headline": ("Talks stall", "no story"),
    "a headline and a source": ("Talks stall\n\nSource: X", "no story"),
    "a source": ("Source: X", "no story"),
    "a headline, a byline, a date": ("Talks\n\nBy Jane Doe\n\nJuly 2, 2023", "no story"),
    "no words": ("Talks\n\n…", "no words"),
    "no words in the headline": ("***\n\nThe talks stall.", "no words"),
    "too long a text": ("Talks\n\n" + "x" * 1_000_001, "1,000,000"),
    "too long a headline": ("x" * 501 + f"\n\n{REST}", "at most 500"),
    "NUL": (f"Talks\n\n\0{REST}", "Line 3 holds a NUL"),
    "half a surrogate": (f"Talks\n\n{REST}\ud800", "Line 5 holds half a surrogate"),
    "a control character": (f"Talks\x07\n\n{REST}", "U+0007"),
    "a wrong decoding": (f"Talks\n\nIt\x92s over. {REST}", "Line 3 holds the control character"),
    "no character": (f"Talks\n\n\ufffe{REST}", "U+FFFE"),
    "marks by the hundred": (f"Talks\n\ne{chr(0x301) * 100} {REST}", "100 marks"),
    "marks of several kinds": (f"Talks\n\n{'e' + 'ͫ҉̷' * 40} {REST}", "marks"),
    "HTML": (f"<h1>Talks</h1>\n<p class='a'>{REST}</p>", "line 1 has <h1>"),
    "a script": (f"Talks\n\n{REST}\n<script>alert(1)</script>", "line 6 has <script>"),
    "a comment": (f"Talks\n\n<!-- x -->{REST}", "HTML"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_story_is_refused_with_where_and_why(name):
    text, told = BAD[name]
    with pytest.raises(PasteError) as refusal:
        read(text)
    assert told in str(refusal.value)
    assert all(fault[0].isupper() and fault.endswith(".") for fault in refusal.value.faults)


def test_what_only_looks_like_a_tag_is_text():
    assert (
        read("Talks\n\nIf a<b and b>c, they said: <no>.").body == "If a<b and b>c, they said: <no>."
    )


def test_lost_letters_and_entities_are_told():
    told = [note.text for note in read(f"Talks\n\nWhat\ufffds up. AT&amp;T. {REST}").notes]

    assert any("letters were lost" in text for text in told)
    assert any("“&amp;”" in text for text in told)


def test_the_original_is_what_the_text_area_held():
    assert original_of("a\r\n\r\nb\r\n") == b"a\n\nb\n"
    assert original_of("a\n\nb\r") == b"a\n\nb\r"
    assert original_of("a\r\nb\nc") == b"a\r\nb\nc"
    assert original_of("\ufeffa “b”") == "\ufeffa “b”".encode()


@pytest.mark.parametrize("name", [*SAME, *(f"below: {name}" for name in TEXTS)])
def test_the_reference_is_that_of_an_import(name, tmp_path):
    text = SAME.get(name) or f"Talks stall\n\n{TEXTS[name[7:]][0]}"
    found = read(text)
    (tmp_path / "story.txt").write_bytes(found.original)

    ((_, story, original),) = formats.read_plain_text(tmp_path / "story.txt")

    assert original == found.original
    if isinstance(story, dict):  # else the import refuses it, as it names no source
        assert found.import_ref == text_reference(story["headline"], story["body"])


PIECES = st.sampled_from(
    [
        "Talks stall", "\n", "\n\n", "\r\n", " ", ".", "By Jane Doe", "BAKU, July 2, 2023 — ",
        "July 2", "Updated: 03.07.2023 14:05 (UTC+03:00)", "03/07/2023", "|", "-", "Source: X",
        "(AA) - ", "“", "’", "\u200b", "\u202e", "\ufeff", "\u00a0", "word " * 12,
        "A sentence of some words ends here.",
    ]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_a_record_or_is_refused_in_words(text):
    try:
        found = read(text)
    except PasteError as refusal:
        assert all(refusal.faults)
        return
    assert found.headline and found.body and found.import_ref
    assert "\n" not in found.headline + found.byline + found.dateline + found.credit
    dates.span(found.published)
    assert all(note.text and note.field for note in found.notes)
    assert not set("\u200b\u202e\ufeff\u00a0“’\r\t") & set(found.headline + found.body)
    assert found.body == found.body.strip() and "\n\n\n" not in found.body


@pytest.mark.parametrize(
    "text",
    ["a\n" * 499_000, "Talks\n\n" + "x " * 490_000, "Talks\n\n" + "<a " * 330_000, ". " * 490_000,
     "Talks\n" + "A," * 400_000, "Talks\n\n" + ("A" * 60 + "\n") * 16_000, "«" * 999_999,
     "Talks\n\n" + "BAKU " * 190_000, "By A " * 190_000 + "\nx",
     "Talks\n\nSource: " + "x)" * 400_000],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_a_long_text_is_read_in_a_time_that_grows_with_its_length(text):
    started = time.monotonic()
    with contextlib.suppress(PasteError):
        read(text)
    assert time.monotonic() - started < 10  # a second, on a machine with nothing else to do
