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
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_safe

from articles import integrity


def for_readers(view):
    """A view as readers get it: GET and HEAD alone, whoever asks; anything else is a 405.

    Without the form's token too (csrf_exempt): what is sent is never looked at.
    """
    answer = cache_control(public=True, no_cache=True)(condition(etag_func=_etag)(view))
    return csrf_exempt(require_safe(_sent_small(answer)))


# Named, and not with a weight of nothing.
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_WORTH_IT = 1000  # bytes


def _takes_gzip(request):
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


def _sent_small(view):
    """Pages bear no secret beside what a stranger sends, so that their size tells nothing."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        if _takes_gzip(request) and len(response.content) > _WORTH_IT:
            # mtime=0: the same page is the same bytes, as its strong tag says.
            response.content = gzip.compress(response.content, compresslevel=6, mtime=0)
            response.headers["Content-Encoding"] = "gzip"
        return response

    return answer


def _etag(request, *args, **kwargs):
    # While the site is being written its pages change without the archive; and the tag "*", which
    # matches whatever is there, cannot be answered without looking whether anything is.
    if settings.DEBUG or request.headers.get("If-None-Match", "").strip() == "*":
        return None
    made_of = f"{request.build_absolute_uri()} {_edition()} {timezone.localdate()}"
    made_of += " gzip" * _takes_gzip(request)
    return f'"{hashlib.sha256(f"{made_of} {integrity.state()}".encode()).hexdigest()[:32]}"'


@cache
def _edition():
    """A hash of all that the site's pages are made with."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder, files in (("articles", "*.py"), ("templates", "*.html"), ("static", "*")):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(files)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()
