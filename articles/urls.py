"""The table of contents of the site.

A list is one view under two addresses: the page, and with a suffix the same list in another format.
"""

from django.urls import path, register_converter

from .exporting import LIST_FORMATS
from .views import (
    about,
    articles,
    countries,
    events,
    front,
    offices,
    people,
    relations,
    sources,
    versions,
)
from .views.conditional import for_readers


class ListSuffix:
    """`.json`: a format in which a list is served."""

    regex = "|".join(rf"\.{name}" for name in LIST_FORMATS)

    def to_python(self, value):
        return value.removeprefix(".")

    def to_url(self, value):
        return f".{value}"


register_converter(ListSuffix, "suffix")


def page(route, view, name):
    return path(route, for_readers(view), name=name)


def both(route, view, name):
    """A list as a page (`route/`) and in other formats (`route.json`)."""
    return [page(f"{route}/", view, name), page(f"{route}<suffix:suffix>", view, f"{name}-as")]


urlpatterns = [
    page("", front.front, "front"),
    *both("articles", articles.article_list, "articles"),
    page("articles/<slug:slug>/", articles.article, "article"),
    page("articles/<slug:slug>.json", articles.article_json, "article-json"),
    page("articles/<slug:slug>.txt", articles.article_text, "article-text"),
    page("articles/<slug:slug>/versions/", versions.version_list, "versions"),
    page("articles/<slug:slug>/versions/<int:number>/", versions.version, "version"),
    page("articles/<slug:slug>/versions/<int:number>.json", versions.version_json, "version-json"),
    page("a/<int:pk>/", articles.short_link, "short-link"),
    *both("countries", countries.country_list, "countries"),
    *both("countries/<slug:slug>", countries.country, "country"),
    *both("relations", relations.relation_list, "relations"),
    *both("relations/<slug:first>/<slug:second>", relations.relation, "relation"),
    *both("people", people.person_list, "people"),
    *both("people/<slug:slug>", people.person, "person"),
    *both("offices", offices.office_list, "offices"),
    *both("offices/<slug:slug>", offices.office, "office"),
    *both("sources", sources.source_list, "sources"),
    *both("sources/<slug:slug>", sources.source, "source"),
    *both("events", events.event_list, "events"),
    page("events/<int:pk>/", events.event, "event"),
    page("about/", about.about, "about"),
    page("about/integrity/", about.integrity, "about-integrity"),
    page("favicon.ico", about.favicon, "favicon"),
    page("robots.txt", about.robots, "robots"),
]
