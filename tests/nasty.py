"""Texts that have broken sites before, and how to send them as a socket would."""

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"

SHARP = [
    "", " ", "0", "-1", "1", "007", "9" * 19, "9" * 40, "9" * 3999, "1e400", "NaN", "٣", "2**63",
    "9223372036854775807", "9223372036854775808", "\x00", "a\x00b", "%00", "%", "%zz", "%c0%af",
    "\ud800", "\ufffe", "\u202e", "\u200b", "ə" * 300, "İ", "ß", "ﷺ", "𝔘", "🇦🇿", "a\u0301" * 99,
    "'", '"', "`", "\\", "--", ";", "/*", "' OR '1'='1", "'; DROP TABLE articles_article; --",
    "<script>alert(1)</script>", "{{ 7*7 }}", "{% debug %}", "${7*7}", "%s", "%(a)s", "%n" * 9,
    "../../etc/passwd", "..\\..\\windows", "file:///etc/passwd", "http://example.org/",
    "//example.org", "javascript:alert(1)", "data:text/html,x", "\r\nSet-Cookie: a=b", "\n", "\t",
    "NEAR(a b)", "a NEAR/9 b", "headline:", 'headline:"', "body:x", "^a", "a*", "*", "(", ")",
    '"unclosed', "-", "--a", "OR", "OR OR", "AND", "NOT", "a OR", "- - -", "+", "&", "|", "<->",
    "a:*", "a & b", "a <2> b", "2023", "2023-02-30", "0000-01-01", "9999-12-31", "10000-01-01",
    "2023-13", "2023?", "[..2023]", "2023/2024", "20230101", "Y170000", "-0001",
    "2023-07-02_5", "_5", "2023-99-99_5", "2023-07-02_" + "9" * 19, "True", "null", "[]", "{}",
    "azerbaijan", "AZ", "CS", "narnia", "a" * 201, "a " * 100, "-a " * 66,
]  # fmt: skip


def ask(client, path=b"", query=b"", method="GET", body=b"", **environ):
    """Send bytes as a server receives them: whatever a socket can carry."""
    return client.generic(
        method,
        "/",
        body,
        **{
            "CONTENT_TYPE": "",
            **environ,
            "PATH_INFO": "/" + path.decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
        },
    )


def answered(response):
    assert 200 <= response.status_code < 500, response.content[-300:]
    if not response.headers["Content-Type"].startswith("text/css"):
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    return response.status_code
