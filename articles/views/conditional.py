"""What every page for readers shares: it is only got, sets no cookie, is sent small, and once.

An answer bears a strong ETag made of the address, the state of the archive, the edition of the
site and the day (the front page has one). A browser that shows the tag again is told 304 after
one query; nothing of the page is made. A browser that takes gzip gets that, under a tag of its own.
"""

import gzip
import hashlib
import re
from functools import cache, wraps
from pathlib import Path

import django
from django.conf import settings
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from articles import integrity
from articles.templatetags.archive import site_of


def for_readers(view):
    """A view as readers get it: GET and HEAD alone, whoever asks; anything else is a 405.

    `request.state` is the state of the archive, but for a view that tells it.
    """

    with_state = getattr(view, "tells_state", False)

    @require_safe
    @wraps(view)
    def answer(request, *args, **kwargs):
        in_gzip = _takes_gzip(request)
        response = state = None
        is_conditional = not _CONDITIONS.isdisjoint(request.META)
        if is_conditional or not with_state:
            state = integrity.state()
        if is_conditional:
            response = get_conditional_response(request, etag=_etag(request, state, in_gzip))
        if response is None:
            request.state = state
            response = view(request, *args, **kwargs)
            if with_state:
                response, seen = response
                state = state or seen
            if in_gzip:
                _send_small(response)
        return _labelled(response, _etag(request, state, in_gzip))

    return answer


def _labelled(response, tag):
    headers = response.headers
    if tag:
        headers.setdefault("ETag", tag)
    headers["Cache-Control"] = "public, no-cache"
    if "Vary" in headers:
        patch_vary_headers(response, ["Accept-Encoding"])
    else:
        headers["Vary"] = "Accept-Encoding"
    return response


def tells_state(view):
    """A view that returns (response, the state of the archive as of which it was made, or before):
    it can ask for the state together with what it shows."""
    view.tells_state = True
    return view


_CONDITIONS = {
    f"HTTP_IF_{name}" for name in ("MATCH", "NONE_MATCH", "MODIFIED_SINCE", "UNMODIFIED_SINCE")
}
# Named, and not with a weight of nothing.
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_WORTH_IT = 1000  # bytes


def _takes_gzip(request):
    accepted = request.META.get("HTTP_ACCEPT_ENCODING")
    return accepted is not None and bool(_GZIP.search(accepted))


def _send_small(response):
    """Pages bear no secret beside what a stranger sends, so that their size tells nothing."""
    if len(response.content) > _WORTH_IT:
        # Level 3 takes 3/5 of the time of level 6, and sends 5 to 10 % more. mtime=0: the same page
        # is the same bytes, as its strong tag says.
        response.content = gzip.compress(response.content, compresslevel=3, mtime=0)
        response.headers["Content-Encoding"] = "gzip"


def _etag(request, state, in_gzip):
    # While the site is being written its pages change without the archive; and the tag "*", which
    # matches whatever is there, cannot be answered without looking whether anything is.
    if settings.DEBUG or request.META.get("HTTP_IF_NONE_MATCH", "").strip() == "*":
        return None
    address = f"{site_of(request)}{request.path}?{request.META.get('QUERY_STRING', '')}"
    made_of = f"{address} {_edition()} {timezone.localdate()}{' gzip' * in_gzip}"
    return f'"{hashlib.sha256(f"{made_of} {state}".encode()).hexdigest()[:32]}"'


@cache
def _edition():
    """A hash of all that the site's pages are made with."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder, files in (("articles", "*.py"), ("templates", "*"), ("static", "*")):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(files)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
