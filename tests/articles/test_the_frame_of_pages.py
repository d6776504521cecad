"""What all pages share is made once; where the reader is, it is said."""

import pytest
from django.template import Context, Template

from articles.templatetags.archive import SECTIONS


def rendered(template, times):
    return [template.render(Context(values)) for values in times]


def test_what_is_the_same_on_all_pages_is_made_once():
    template = Template("{% load archive %}{% once %}{{ word }}{% endonce %} {{ word }}")
    assert rendered(template, [{"word": "a"}, {"word": "b"}]) == ["a a", "a b"]


def test_what_differs_by_section_is_made_once_for_each():
    template = Template("{% load archive %}{% once here %}{{ here }}{{ word }}{% endonce %}")
    times = [{"here": here, "word": word} for word in "ab" for here in ("", "people")]
    assert rendered(template, times) == ["a", "peoplea", "a", "peoplea"]


def test_a_fault_is_not_kept():
    template = Template("{% load archive %}{% once %}{% include name %}{% endonce %}")
    with pytest.raises(Exception, match="never.html"):
        template.render(Context({"name": "never.html"}))
    assert template.render(Context({"name": "includes/then.html"})).startswith("<p")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/a/1/", "/articles/x/", "/articlesx/y/"])
def test_the_section_that_a_reader_is_in_is_marked_and_no_other(client, address):
    for first in (f"/{SECTIONS[1]}/", address):
        page = client.get(first).text
        marked = [name for name in SECTIONS if f'href="/{name}/" aria-current="page"' in page]
        assert marked == [name for name in SECTIONS if first.startswith(f"/{name}/")]
