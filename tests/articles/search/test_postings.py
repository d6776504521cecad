"""Values in rows, and those that have no room there, against plain lists."""

import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from articles.search.postings import Postings, narrow


def made(of_each):
    lengths = np.array([len(values) for values in of_each], np.int32)
    values = np.array([value for values in of_each for value in values], np.int64)
    return Postings.of(narrow(lengths), narrow(values))


@pytest.fixture(params=["of any number", "one each", "few with many", "great numbers", "none"])
def of_each(request):
    chance = random.Random(7)

    def some(number, most=300):
        return sorted(chance.sample(range(most), number))

    return {
        "of any number": [some(chance.randrange(12)) for _ in range(500)],
        "one each": [some(1, 255) for _ in range(500)],
        "few with many": [some(40) if n == 1234 else some(2) for n in range(2000)],
        "great numbers": [some(chance.randrange(4), 10**12) for _ in range(500)],
        "none": [[] for _ in range(5)],
    }[request.param]


@pytest.fixture
def places(of_each):
    number = len(of_each)
    found = random.Random(3).sample(range(number), number // 2)
    if number > 1234:
        found.append(1234)
    return np.array(sorted(set(found)), np.int32)


def test_values_of_places(of_each, places):
    postings = made(of_each)
    assert postings.of_each(places) == [of_each[place] for place in places]
    owners, values = postings.of_places(places)
    expected = [(at, value) for at, place in enumerate(places) for value in of_each[place]]
    assert list(zip(owners.tolist(), values.tolist(), strict=True)) == expected


def test_places_of_values(of_each, places):
    postings = made(of_each)
    every = {value for values in of_each for value in values} | {299, 10**6}
    for value in random.Random(5).sample(sorted(every), min(50, len(every))):
        having = [place for place, values in enumerate(of_each) if value in values]
        assert postings.of_value(value).tolist() == having
        assert postings.having(places, value).tolist() == sorted({*having} & {*places.tolist()})


def test_how_many_have_each(of_each, places):
    postings = made(of_each)
    for told, those in (
        (postings.tally, of_each),
        (postings.tally_at(places), [of_each[place] for place in places]),
        (postings.tally_at(places[:0]), []),
    ):
        expected = Counter(value for values in those for value in values)
        assert dict(zip(*map(np.ndarray.tolist, told), strict=True)) == expected


def test_how_many_have_two(of_each, places):
    postings = made(of_each)
    for told, those in (
        (postings.pairs, of_each),
        (postings.pairs_at(places), [of_each[place] for place in places]),
    ):
        if max(map(max, filter(None, of_each)), default=0) < 2**31:  # pairs are packed into 64 bits
            assert told == Counter(pair for values in those for pair in combinations(values, 2))


def test_one_place_of_a_thousand_does_not_widen_the_rows():
    assert made([list(range(40))] + [[1, 2]] * 2000).wide.shape == (2001, 2)
    assert made([list(range(40))] * 10).wide.shape == (10, 8)
