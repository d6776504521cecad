"""What others name is not deleted, whichever way: a link of many to many would vanish silently."""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from .country import Country
from .person import Person
from .topic import Topic


@receiver(pre_delete, sender=Country)
@receiver(pre_delete, sender=Person)
@receiver(pre_delete, sender=Topic)
def _protect(instance, **kwargs):
    if reason := named_by(instance):
        raise ProtectedError(f"{instance}: {reason}", set(instance.articles.all()[:100]))


def named_by(thing):
    """ "named by 3 articles and 1 party to an event", or "" where nothing names it."""
    named = []
    for relation, one, many in (
        ("articles", "article", "articles"),
        ("parties", "party to an event", "parties to events"),
    ):
        number = getattr(thing, relation).count() if hasattr(thing, relation) else 0
        if number:
            named.append(f"{number:,} {one if number == 1 else many}")
    return f"named by {' and '.join(named)}" if named else ""
