"""Of what a text names, some is proposed to the editor and some only offered, each with why."""

from articles.importing.pasting.named import offers
from articles.names.detect import Mention

BODY = "The ministers of Iran met.\n\nA Russia-brokered truce holds. The Armenian side, Yerevan."


def mention(text, target, *, of="country", kind="name", within=BODY):
    start = within.index(text)
    return Mention(start, start + len(text), text, kind, of, target, "it is called so")


def judged(headline=(), body=()):
    countries, people = offers(headline, body, BODY)
    return {one.slug: (one.is_proposed, one.why) for one in [*countries, *people]}


def test_a_country_of_the_headline_is_proposed():
    found = judged([mention("Iran", "iran")])

    assert found == {"iran": (True, "named once, in the headline: “Iran”")}


def test_a_country_of_the_first_paragraph_is_proposed():
    found = judged(body=[mention("Iran", "iran")])

    assert found == {"iran": (True, "named once, in the first paragraph: “Iran”")}


def test_a_country_that_is_named_twice_is_proposed():
    found = judged(
        body=[
            mention("Armenian", "armenia", kind="adjective"),
            mention("Yerevan", "armenia", kind="capital"),
        ]
    )

    assert found == {"armenia": (True, "named 2 times: “Armenian”, “Yerevan”")}


def test_a_country_that_is_named_in_passing_is_offered():
    found = judged(body=[mention("Russia", "russia")])

    assert found == {"russia": (False, "named once: “Russia”")}


def test_a_person_is_proposed_by_name_and_offered_by_office():
    found = judged(
        body=[
            mention("ministers", "leyla", of="person", kind="office"),
            mention("Yerevan", "rauf", of="person"),
            mention("The", "rauf", of="person", kind="office"),
        ]
    )

    assert found == {
        "leyla": (False, "meant by the office alone: “ministers”"),
        "rauf": (True, "named: “Yerevan”"),
    }


def test_they_come_in_the_order_of_their_first_mention():
    countries, _ = offers(
        [mention("Iran", "iran")],
        [mention("Russia", "russia"), mention("Armenian", "armenia"), mention("Iran", "iran")],
        BODY,
    )

    assert [one.slug for one in countries] == ["iran", "russia", "armenia"]
