"""The editors' desk: Django's admin, every noun with search and autocomplete."""

from . import articles, countries, events, people, sources

__all__ = ["articles", "countries", "events", "people", "sources"]
