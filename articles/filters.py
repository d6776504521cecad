"""Every query parameter of a list of articles, named here and only here.

A form checks all values first; a value that is unknown or malformed is an error beside its
parameter, and then there are no results: never everything.
"""

from functools import cached_property, lru_cache

import django_filters
from django.http import QueryDict
from django.utils.text import get_text_list

from . import dates, search, values
from .languages import language_name
from .models import Article

CURSOR = "cursor"  # where a page begins; see views/paging.py
MOST_BY_RELEVANCE = 1000  # hits shown; who needs more is better served by a date order
ORDERS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "relevance": "best match first",
    "added": "last added first",
}


class Many(django_filters.Filter):
    field_class = values.ManyField


class Words(django_filters.Filter):
    field_class = values.QueryField


class Day(django_filters.Filter):
    field_class = values.DayField


def _flag(method, label, hint):
    """A parameter that is 1 or left out."""
    return django_filters.ChoiceFilter(
        method=method,
        label=label,
        choices=[("1", label.lower())],
        error_messages={"invalid_choice": hint},
    )


@lru_cache(maxsize=256)
def _form(names):
    """The form of those parameters that were asked: a field costs as much as a query."""
    fields = {name: ArticleFilter.base_filters[name].field for name in names}
    return type("ArticleForm", (values.ListForm,), fields)


class ArticleFilter(django_filters.FilterSet):
    """The filters of a list of articles.

    `given` are choices that the page itself makes, by parameter: {"country": [azerbaijan]};
    `names` is the Directory.
    The filters narrow a `search.Selection` by verbs that it shares with `Article.objects`.
    """

    q = Words(method="with_words", label="Words", max_length=search.MAX_QUERY, strip=True)
    exact = _flag("told_by_another", "Exact words only", "Write exact=1, or leave it out.")
    country = Many(method="on_countries", label="Country", resolve=values.country, kept="countries")
    person = Many(method="on_people", label="Person", resolve=values.person)
    office = Many(
        method="on_offices", label="Office held that day", resolve=values.office, kept="posts"
    )
    uncertain = _flag(
        "told_by_another", "Uncertain holders too", "Write uncertain=1, or leave it out."
    )
    suggested = _flag(
        "told_by_another", "Suggested ones too", "Write suggested=1, or leave it out."
    )
    source = Many(method="from_sources", label="Source", resolve=values.source, kept="sources")
    topic = Many(method="on_topics", label="Topic", resolve=values.topic, kept="topics")
    language = Many(method="in_languages", label="Language", resolve=values.language)
    since = Day(method="from_day", label="From", max_length=10)
    until = Day(method="to_day", label="To", max_length=10)
    order = django_filters.ChoiceFilter(
        method="told_by_another",
        label="Order",
        choices=list(ORDERS.items()),
        empty_label=None,
        error_messages={"invalid_choice": f"Order is one of: {', '.join(ORDERS)}."},
    )
    facets = _flag("told_by_another", "Facets", "Write facets=1, or leave it out.")

    # Of these any value will do: what another one would show is counted without what is chosen.
    ADDING = ("source", "topic", "language", "since", "until")
    SUGGESTABLE = ("country", "person", "office")

    class Meta:
        model = Article
        form = values.ListForm
        fields = []

    def __init__(self, data, names, *, given=None):
        # Not the parent's, which copies all filters and makes a queryset: ours are never altered.
        self.data, self.is_bound, self.filters = data, True, self.base_filters
        self.names, self.given = names, given or {}

    @cached_property
    def form(self):
        asked = tuple(name for name in self.base_filters if name in self.data)
        return _form(asked)(self.data, self.names)

    @cached_property
    def everything(self):
        """The Selection of all articles. Raises Interrupted."""
        everything = search.everything()
        return everything.suggesting() if self.value("suggested") else everything

    @cached_property
    def number_suggested(self):
        """How many more there are if what is merely suggested counts; 0 where it does already, or
        where nothing is asked that could be suggested. Raises Interrupted."""
        asked = any(self.given.get(name) or self.value(name) for name in self.SUGGESTABLE)
        if self.value("suggested") or not asked or not self.everything.has_suggestions:
            return 0
        wider = self.data.copy()
        wider["suggested"] = "1"
        suggesting = type(self)(wider, self.names, given=self.given)
        return suggesting.found.count() - self.found.count()

    def merely_suggested(self, ids):
        """Which of these, that were found, would not be but for what is suggested. Raises
        Interrupted."""
        if not self.value("suggested"):
            return set()
        known = search.everything().among_ids(ids)
        for name in self.SUGGESTABLE:
            for chosen in (dict(enumerate(self.given.get(name, ()))), self.value(name)):
                known = self._by(name, known, chosen) if chosen else known
        return set(ids) - set(known.ids.tolist())

    @classmethod
    def unknown(cls, parameters):
        """The names among `parameters` that no list knows."""
        return [name for name in parameters if name not in cls.base_filters and name != CURSOR]

    @cached_property
    def found(self):
        """The Selection of what was asked for. Raises Interrupted."""
        return self.found_without()

    def found_without(self, *names):
        """The same but for the choices of some parameters that are in ADDING."""
        selection = self._narrowest
        for name in self._added:
            if name not in names:
                selection = self._filtered(selection, name)
        return selection

    @cached_property
    def _added(self):
        return [name for name in self.ADDING if name in self.given or self.value(name)]

    @property
    def of_the_page(self):
        """The Selection of what the page itself chose, whatever the reader did. Raises
        Interrupted."""
        if not self.data:
            return self.found
        return type(self)(QueryDict(), self.names, given=self.given).found

    @cached_property
    def _narrowest(self):
        selection = self.everything
        for name, chosen in self.given.items():
            if name not in self.ADDING:
                selection = self._by(name, selection, dict(enumerate(chosen)))
        # Words last: what else narrows the list makes them quicker to look up.
        for name in sorted(self.base_filters, key="q".__eq__):
            if name not in self.ADDING:
                selection = self._filtered(selection, name)
        return selection

    def _filtered(self, selection, name):
        if name in self.ADDING and name in self.given:
            selection = self._by(name, selection, dict(enumerate(self.given[name])))
        value = self.value(name)
        return self._by(name, selection, value) if value else selection

    def _by(self, name, selection, value):
        return getattr(self, self.base_filters[name].method)(selection, name, value)

    # The filters

    def with_words(self, selection, name, query):
        return selection.search(query)

    def on_countries(self, selection, name, countries):
        return selection.involving(*countries.values())

    def on_people(self, selection, name, people):
        return selection.mentioning(*people.values())

    def on_offices(self, selection, name, posts):
        for post in set(posts.values()):
            selection = selection.naming_holder_of(post, uncertain=bool(self.value("uncertain")))
        return selection

    def told_by_another(self, selection, name, value):
        return selection

    def from_sources(self, selection, name, sources):
        return selection.from_sources(*sources.values())

    def on_topics(self, selection, name, topics):
        return selection.about(*topics.values())

    def in_languages(self, selection, name, tags):
        return selection.in_languages(*tags.values())

    def from_day(self, selection, name, since):
        return selection.between(since=since[1].earliest)

    def to_day(self, selection, name, until):
        return selection.between(until=until[1].latest)

    # What was chosen

    def value(self, name):
        return self._values.get(name)

    @cached_property
    def _values(self):
        return self.form.cleaned_data if self.form.is_valid() else {}

    @property
    def chosen_order(self):
        return self.value("order") or "newest"

    @property
    def query(self):
        return self.value("q")

    def chosen(self):
        """(parameter, value in the address, label) of each filter chosen by the reader."""
        return [
            (name, value, self._label(name, value))
            for name in self.base_filters
            if name not in ("order", "facets")
            for value in filter(str.strip, self.data.getlist(name))
        ]

    def _label(self, name, value):
        if name == "q":
            return f"words: {value}"
        if name in ("since", "until"):
            return f"{'from' if name == 'since' else 'to'} {value}"
        if name == "language":
            return language_name(value)
        if name in ("uncertain", "exact", "suggested"):
            return self.base_filters[name].label.lower()
        return str(self.value(name)[value.strip()])

    def sentence(self, count):
        """What is shown: "212 articles on Azerbaijan and Iran, since 2020, newest first"."""

        def names(parameter, last="and"):
            chosen = self.value(parameter) or {}
            things = dict.fromkeys([*self.given.get(parameter, []), *chosen.values()])
            words = [getattr(thing, "in_a_sentence", str(thing)) for thing in things]
            return get_text_list(words, last)

        what = {0: "No article", 1: "1 article"}.get(count, f"{count:,} articles")
        if countries := names("country"):
            what += f" on {countries}"
        if people := names("person"):
            what += f" naming {people}"
        if offices := names("office"):
            what += f" naming whoever was then {offices}"
        if topics := names("topic", "or"):
            what += f" about {topics.lower()}"
        if sources := names("source", "or"):
            what += f" from {sources}"
        if languages := self.value("language"):
            tags = dict.fromkeys(languages.values())
            what += f" in {get_text_list([language_name(tag) for tag in tags], 'or')}"
        if self.value("suggested"):
            what += ", suggested ones among them" if count else ", not even a suggested one"
        if self.query:
            what += f" with{' exactly' * self.query.is_exact} “{self.query.text}”"
            what += " in any spelling" * self.query.has_other_spellings
        since, until = self.value("since"), self.value("until")
        if since and until:
            what += f", {dates.in_words(since[0])} to {dates.in_words(until[0])}"
        elif since:
            what += f", since {dates.in_words(since[0])}"
        elif until:
            what += f", until {dates.in_words(until[0])}"
        if count > 1:
            what += f", {ORDERS[self.chosen_order]}"
            if self.chosen_order == "relevance" and count > MOST_BY_RELEVANCE:
                what += f" (the best {MOST_BY_RELEVANCE:,} of them)"
        return what
