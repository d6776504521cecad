"""What a reader sees of an answer: its words, its links, what its forms would ask."""

import html
import re
from html.parser import HTMLParser

from django.http import QueryDict


def words_of(response):
    """The text of a page, its spaces made single."""
    source = re.sub(r"<[^>]*>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(source)).strip()


def headlines(client, address, **parameters):
    """The headlines of a JSON list, in order; the list must be answered."""
    answer = client.get(address, parameters)
    assert answer.status_code == 200, answer.content.decode()
    return [result["headline"] for result in answer.json()["results"]]


def shown(response):
    """The addresses of the articles that an HTML list shows, in order."""
    return re.findall(r'<h3><a href="([^"]*)"', response.content.decode())


def links(response, inside=""):
    """(address, words) of the links; with `inside`, only from that text to the next </ul>."""
    source = response.content.decode()
    if inside:
        source = source[source.index(inside) :]
        source = source[: source.index("</ul>")]
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', source, re.DOTALL)
    return [
        (html.unescape(href), html.unescape(re.sub(r"<[^>]*>", "", text)).strip())
        for href, text in found
    ]


def next_page(response):
    match = re.search(r'href="([^"]*)" rel="next"', response.content.decode())
    return html.unescape(match[1]) if match else None


class _Forms(HTMLParser):
    """Collects what each form would send, as a browser does."""

    def __init__(self):
        super().__init__()
        self.forms, self.sent, self.select = [], None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.sent = QueryDict(mutable=True)
            self.forms.append((given.get("class", ""), self.sent))
        elif tag == "input" and self.sent is not None and given.get("name"):
            self.sent.appendlist(given["name"], given.get("value") or "")
        elif tag == "select":
            self.select = (given["name"], "multiple" in given, [])
        elif tag == "option" and "selected" in given:
            self.select[2].append(given.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "select":
            name, is_multiple, chosen = self.select
            for value in chosen if is_multiple else chosen[-1:]:
                self.sent.appendlist(name, value)
        elif tag == "form":
            self.sent = None


def sent_by_form(response, css_class):
    """{parameter: values that are not empty} which the form of this class would send unchanged."""
    parser = _Forms()
    parser.feed(response.content.decode())
    sent = next(sent for name, sent in parser.forms if css_class in name.split())
    kept = {name: [value for value in values if value] for name, values in sent.lists()}
    return {name: values for name, values in kept.items() if values}
