"""Addresses of articles: the free ones, and those that articles had."""

from collections import Counter

from django.apps import apps
from django.db import models
from django.db.models import Q

from . import constraints
from .slugs import free_slug, slug_base
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


def free_slugs(headlines):
    """A free slug for each headline, in order; `""` where the headline leaves nothing."""
    bases = [slug_base(headline) for headline in headlines]
    taken = slugs_in_use(Q(slug__in=bases))
    for base in taken | {base for base, number in Counter(bases).items() if number > 1}:
        taken |= slugs_in_use(Q(slug__startswith=f"{base}-")) if base else set()
    slugs = []
    for base in bases:
        slugs.append(free_slug(base, taken) if base else "")
        taken.add(slugs[-1])
    return slugs


def slug_for(article):
    """The free address nearest to the headline, else to the id; its own is free to itself."""
    base = slug_base(article.headline) or f"article-{article.pk}"
    near = Q(slug=base) | Q(slug__startswith=f"{base}-")
    return free_slug(base, slugs_in_use(near, besides=article.pk))
