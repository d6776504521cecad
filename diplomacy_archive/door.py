"""The door: what is let in, and what every answer bears.

`guard` turns away what no page could read, before anything tries; `headers` gives every answer,
errors and files included, what browsers are to know. Both were asked for by measurements: stock
Django answers 500 to a form in UTF-7, to a NUL in a session's cookie on PostgreSQL, and more.
"""

import logging
import re
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.db import DataError

from articles.search import Interrupted
from articles.views.errors import bad_request, took_too_long

logger = logging.getLogger(__name__)

MOST_BYTES = 4000  # of a path, and of a query
_SESSION_KEY = re.compile(r"[a-z0-9]{32}\Z")
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_NO_UTF8 = re.compile(r"%[89A-F][0-9A-F]")


class Guard:
    """400 for a path or query that is too long or no UTF-8 text, 415 for a form in another
    encoding; a session's cookie of another form than ours is dropped.

    Last, where a number or a text that a form let through is beyond what the database can hold,
    the answer is 400, too: the fault is in what was sent. A search that was cut for its length is
    answered with 503.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _is_unreadable(request):
            return bad_request(request, None)
        if request.content_params.get("charset", "utf-8").strip("\"' ").lower() not in (
            "utf-8",
            "utf8",
        ):
            return bad_request(request, None, status=415)
        session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if session_key is not None and not _SESSION_KEY.match(session_key):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Interrupted):
            return took_too_long(request)
        if isinstance(exception, (DataError, OverflowError)):
            logger.error("Beyond what the database can hold: %s", request.path, exc_info=exception)
            return bad_request(request, None)
        return None


def _is_unreadable(request):
    # Django has written bytes that are no UTF-8 as %FF into the path; no page of ours has such.
    path = request.path_info
    if len(path.encode()) > MOST_BYTES or "\0" in path or _NO_UTF8.search(path):
        return True
    query = get_bytes_from_wsgi(request.environ, "QUERY_STRING", "")
    if len(query) > MOST_BYTES or _CONTROL.search(query):
        return True
    query = unquote_to_bytes(query)
    return b"\0" in query or not _is_utf8(query)


def _is_utf8(text):
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


class Headers:
    """What browsers are told beside the policy of content (django-csp) and SecurityMiddleware.

    Who may read an answer from another origin is said by the view (the data formats); whether it
    may be kept, by the pages for readers. The desk is kept by nobody.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "private, no-store"
        elif response.status_code >= 500:
            response.headers["Cache-Control"] = "no-store"
        else:
            response.headers.setdefault("Cache-Control", "public, no-cache")
        return response
