"""The agency's plain text: headline, paragraphs, a last line `Source: NAME`."""

import hashlib

from django.http import HttpResponse

CONTENT_TYPE = "text/plain; charset=utf-8"


def of_article(article):
    """The bytes that came in as plain text, while what they say stands; else the article's fields
    in that form."""
    if article.is_as_received:
        return bytes(article.original)
    return f"{article.headline}\n\n{article.body}\n\nSource: {article.source.name}".encode()


def response(article):
    """The plain text, which a page of any origin may read."""
    answer = HttpResponse(of_article(article), content_type=CONTENT_TYPE)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def checksum(article):
    """SHA-256 of the plain text, in hexadecimal."""
    return hashlib.sha256(of_article(article)).hexdigest()
