"""Addresses of a list with other questions than those that were asked."""

from urllib.parse import urlencode

from articles.filters import CURSOR


class Asked:
    """The path and the questions of a request, of which others are made; each begins a list anew.

    Pairs (parameter, value) are as they were written, empty ones left out.
    """

    def __init__(self, request):
        self.path = request.path
        self.pairs = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name != CURSOR and value.strip()
        ]

    def address(self, pairs):
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path

    def start(self):
        """What an address goes on from, by name=value."""
        return f"{self.path}?{urlencode(self.pairs)}&" if self.pairs else f"{self.path}?"

    def without(self, *names):
        """Another Asked, that asks nothing of these parameters."""
        return self._with([pair for pair in self.pairs if pair[0] not in names])

    def without_values(self, name, values):
        return self._with([pair for pair in self.pairs if pair[0] != name or pair[1] not in values])

    def _with(self, pairs):
        other = object.__new__(Asked)
        other.path, other.pairs = self.path, pairs
        return other

    def adding(self, name, value):
        return self.address([*self.pairs, (name, value)])

    def setting(self, name, value):
        return self.without(name).adding(name, value)

    def __str__(self):
        return self.address(self.pairs)
