"""The constant answer: 20 kB of bytes that are there already, by the same server."""

BODY = b"The same words each time. ".ljust(100) * 200


def application(environ, start_response):
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
    start_response("200 OK", headers)
    return [BODY]
