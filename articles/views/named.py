"""The people whose name was searched, above the articles that were found."""

from html import escape as e

from articles.models import Person
from articles.names.fold import fold
from articles.templatetags.archive import term as in_words

MOST = 4
MOST_LOOKED_AT = 50  # who bear the name: of so many the most reported are looked for


def named(filterset):
    """HTML of the most reported of them, with the spelling that was searched; "" for none."""
    query = filterset.query
    found = filterset.names.spelled.named(query) if query else []
    if not found or len(found) > MOST_LOOKED_AT:
        return ""
    spellings = {one.person: one.spelling for one in found}
    people = Person.objects.unmerged().with_offices().filter(pk__in=spellings)
    counted = [(filterset.everything.mentioning(p).count(), p) for p in people]
    counted.sort(key=lambda one: (-one[0], one[1].pk))
    told = "".join([_person(p, number, spellings[p.pk]) for number, p in counted[:MOST]])
    return f'<ul class="small named" aria-label="People of this name">{told}</ul>\n' if told else ""


def _person(person, number, spelling):
    articles = (
        "1 article" if number == 1 else f"{number:,} articles" if number else "no article yet"
    )
    return (
        f'<li><a href="{person.get_absolute_url()}"><bdi>{e(person.name)}</bdi></a>'
        f"{_office(person)}: {articles}{_searched(person, spelling)}</li>"
    )


def _office(person):
    if term := person.latest_term:
        label = e(term.post.label)
        return f", {label[:1].lower()}{label[1:]}, {e(in_words(term))}"
    return f", {e(person.description)}" if person.description else ""


def _searched(person, spelling):
    is_same = fold(person.name) == fold(spelling)
    return "" if is_same else f", also written “<bdi>{e(spelling)}</bdi>”"
