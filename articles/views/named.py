"""The people whose name was searched, above the articles that were found."""

from html import escape as e

from articles.models import Person
from articles.names.fold import fold
from articles.templatetags.archive import term as in_words

MOST = 4
MOST_LOOKED_AT = 50  # who bear the name: of so many the most reported are looked for


def named(filterset):
    """HTML of the most reported of them, with the spelling that was searched; "" for none."""
    query, names = filterset.query, filterset.names
    found = names.spelled.named(query) if query else []
    if not found or len(found) > MOST_LOOKED_AT:
        return ""
    counted = [(filterset.everything.mentioning(one).count(), one) for one in found]
    counted.sort(key=lambda one: (-one[0], one[1].pk))
    counted = counted[:MOST]
    if new := [one.pk for _, one in counted if one.pk not in names.offered]:
        people = Person.objects.unmerged().with_offices().filter(pk__in=new)
        names.offered.update((person.pk, _person(person)) for person in people)
    told = "".join(
        [
            f"<li>{names.offered[one.pk]}: {_articles(number)}{_searched(one)}</li>"
            for number, one in counted
            if one.pk in names.offered
        ]
    )
    return f'<ul class="named" aria-label="People of this name">{told}</ul>\n' if told else ""


def _articles(number):
    return {0: "no article yet", 1: "1 article"}.get(number, f"{number:,} articles")


def _person(person):
    return f'<a href="{person.get_absolute_url()}"><bdi>{e(person.name)}</bdi></a>{_office(person)}'


def _office(person):
    if term := person.latest_term:
        label = e(term.post.label)
        return f", {label[:1].lower()}{label[1:]}, {e(in_words(term))}"
    return f", {e(person.description)}" if person.description else ""


def _searched(one):
    is_own = fold(one.name) == fold(one.spelling)
    return "" if is_own else f", also written “<bdi>{e(one.spelling)}</bdi>”"
