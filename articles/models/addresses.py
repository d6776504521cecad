"""Addresses of articles: the free ones, and those that articles had."""

from django.apps import apps
from django.db import models
from django.db.models import Q

from . import constraints
from .slugs import numbered, slug_base
from .version import Kept


class FormerSlug(Kept):
    """An address that an article had; it redirects for good."""

    slug = models.CharField(max_length=140, unique=True)
    article = models.ForeignKey("Article", models.PROTECT, related_name="former_slugs")

    class Meta:
        constraints = [*constraints.texts(slug=140), constraints.slug()]

    def __str__(self):
        return self.slug


def slugs_in_use(condition, besides=None):
    """Slugs that articles have or had, those of the article with the id `besides` left out."""
    articles = apps.get_model("articles", "Article").objects.filter(condition).exclude(pk=besides)
    former = FormerSlug.objects.filter(condition).exclude(article=besides)
    return {slug for found in (articles, former) for slug in found.values_list("slug", flat=True)}


class _Addresses:
    """The slugs that are taken, as far as it was asked: all of `bases`, and of those that several
    want or one has, as many of their followers as it takes to find a free one."""

    def __init__(self, bases, besides=None):
        self.besides, self.asked, self.taken, self.tried = besides, set(), set(), {}
        self._ask(bases)

    def _ask(self, slugs):
        unknown = set(slugs) - self.asked
        self.asked |= unknown
        if unknown:
            self.taken |= slugs_in_use(Q(slug__in=unknown), self.besides)

    def take(self, base):
        """The first of base, base-2, base-3 ... that is free; it is taken then."""
        number = self.tried.get(base, 1)
        while True:
            slug = numbered(base, number)
            if slug not in self.asked:  # the more are taken, the more at once
                self._ask(numbered(base, n) for n in range(number, number * 2 + 10))
            number += 1
            if slug not in self.taken:
                self.taken.add(slug)
                self.tried[base] = number
                return slug


def free_slugs(headlines):
    """A free slug for each headline, in order; `""` where the headline leaves nothing."""
    bases = [slug_base(headline) for headline in headlines]
    addresses = _Addresses(base for base in bases if base)
    return [base and addresses.take(base) for base in bases]


def slug_for(article):
    """The free address nearest to the headline, else to the id; its own is free to itself."""
    base = slug_base(article.headline) or f"article-{article.pk}"
    return _Addresses([base], besides=article.pk).take(base)
