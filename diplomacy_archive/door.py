"""The door: what is let in, and what every answer bears.

`Guard` turns away what no page could read, before anything tries; `Headers` gives every answer,
errors and files included, what browsers are to know. Both were asked for by measurements: stock
Django answers 500 to a form in UTF-7, to a NUL in a session's cookie on PostgreSQL, and more.
`Readers` parts the two ways into the site: the desk, and all that anybody may read.
"""

import logging
import re
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.db import DataError
from django.urls import Resolver404, get_resolver

from articles.search import Interrupted
from articles.templatetags.archive import site_of
from articles.views.errors import bad_request, took_too_long

logger = logging.getLogger(__name__)

DESK = "/admin/"
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
        charset = request.content_params.get("charset")
        if charset is not None and charset.strip("\"' ").lower() not in ("utf-8", "utf8"):
            return bad_request(request, None, status=415)
        session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if session_key is not None and not _SESSION_KEY.match(session_key):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        return self.get_response(request)

    def process_exception(self, request, exception):
        return _answer_to(request, exception)


_BEYOND = (DataError, OverflowError)


def _answer_to(request, exception):
    """The answer to what is the fault of the question, else None."""
    if isinstance(exception, Interrupted):
        return took_too_long(request)
    if isinstance(exception, _BEYOND):
        logger.error("Beyond what the database can hold: %s", request.path, exc_info=exception)
        return bad_request(request, None)
    return None


def _is_unreadable(request):
    # Django has written bytes that are no UTF-8 as %FF into the path; no page of ours has such.
    path = request.path_info
    if len(path.encode()) > MOST_BYTES or "\0" in path or _NO_UTF8.search(path):
        return True
    if not request.META.get("QUERY_STRING"):
        return False
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


class Readers:
    """Readers' addresses are answered here; what stands below in MIDDLEWARE is for the desk, for
    files, and for addresses that nothing has.

    A page for readers knows no session, account, form or message. To ask for none of them, answer
    by answer, took as long as all the rest that Django does around a view.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.resolver = get_resolver("articles.urls")

    def __call__(self, request):
        try:
            found = self.resolver.resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        site_of(request)  # a stranger's invented Host is refused
        request.resolver_match = found
        try:
            return found.func(request, *found.args, **found.kwargs)
        except (*_BEYOND, Interrupted) as exception:
            return _answer_to(request, exception)


class Headers:
    """What browsers are told beside what SecurityMiddleware says, and how long an answer is.

    Who may read an answer from another origin is said by the view (the data formats); whether it
    may be kept, by the pages for readers. The desk is kept by nobody.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        policy = settings.CONTENT_SECURITY_POLICY
        self.everywhere = {
            "Content-Security-Policy": "; ".join(f"{what} {whom}" for what, whom in policy.items()),
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Cross-Origin-Embedder-Policy": "require-corp",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }

    def __call__(self, request):
        response = self.get_response(request)
        headers = response.headers
        for name, value in self.everywhere.items():
            headers[name] = value
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.streaming:
            headers.setdefault("Content-Length", str(len(response.content)))
        if request.path_info.startswith(DESK):
            headers["Cache-Control"] = "private, no-store"
        elif response.status_code >= 500:
            headers["Cache-Control"] = "no-store"
        else:
            headers.setdefault("Cache-Control", "public, no-cache")
        return response
