"""Addresses written by `address` are those of `reverse`."""

import pytest
from django.urls import reverse

from articles.models.links import address


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("articles", []),
        ("article", ["ministers-meet-in-baku"]),
        ("article-json", ["1000000000"]),
        ("article-text", ["a"]),
        ("versions", ["a-1"]),
        ("version", ["1000000001", 1000000000]),
        ("short-link", [12345678901]),
        ("country", ["iran"]),
        ("relation", ["azerbaijan", "iran"]),
        ("event", [7]),
    ],
)
def test_an_address_is_what_django_makes_of_it(name, parts):
    for _ in range(2):
        assert address(name, *parts) == reverse(name, args=parts)
