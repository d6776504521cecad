"""The editors' desk: Django's admin, every noun with search and autocomplete.

What all desks share: `desk.py`, with `fields.py` (what forms are made of), `reasons.py` (why a
change is made), `tokens.py` and `conflict.py` (two editors at one record) and `history.py`.
"""

from . import articles, countries, events, imports, mentions, people, sources, topics

__all__ = ["articles", "countries", "events", "imports", "mentions", "people", "sources", "topics"]
