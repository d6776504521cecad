"""base.html around a page that is made by functions: `framed(request, title=..., main=...)`."""

import re
from functools import cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string

from articles.templatetags.archive import canonical_address, section_of, site_of


def framed(request, path=None, **blocks):
    """A whole page: `blocks` of base.html, each of them HTML, with all that surrounds them.

    `path` is the canonical one, where that is not what was asked for. Without `search` the form in
    the head is that of the whole archive.
    """
    blocks.setdefault("kind", "website")
    blocks["site"] = escape(site_of(request))
    blocks["address"] = escape(canonical_address(request, path))
    frame = _frame.__wrapped__ if settings.DEBUG else _frame
    parts = iter(frame(section_of(request), "search" in blocks))
    page = [next(parts)]
    for name in parts:
        page += blocks.get(name, ""), next(parts)
    return "".join(page)


_MARK = re.compile(r"\[\[(\w+)\]\]")


@cache
def _frame(section, has_search):
    """base.html as Django sets it for a section, cut where the blocks are: text, name, text, ..."""
    context = {
        "request": _Nowhere(f"/{section}/"),
        "canonical_path": "[[path]]",
        "has_search": has_search,
    }
    text = render_to_string("frame.html", context)
    site = site_of(context["request"])
    return _MARK.split(text.replace(f"{site}[[path]]", "[[address]]").replace(site, "[[site]]"))


class _Nowhere:
    """A request of which only the section is known."""

    resolver_match = True
    scheme = "nowhere"

    def __init__(self, path):
        self.path = path

    def get_host(self):
        return "nowhere"

    def build_absolute_uri(self, path):
        return f"{site_of(self)}{path}"
