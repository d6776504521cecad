"""What others name is not deleted, whichever way: a link of many to many would vanish silently."""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from .country import Country
from .person import Person
from .source import Source
from .topic import Topic


@receiver(pre_delete, sender=Country)
@receiver(pre_delete, sender=Person)
@receiver(pre_delete, sender=Topic)
def _protect(instance, **kwargs):
    if reason := why_kept(instance):
        raise ProtectedError(f"{instance}: {reason}", set(instance.articles.all()[:100]))


def why_kept(thing):
    """ "named by 3 articles and 1 party to an event"; "" where nothing keeps it."""
    if isinstance(thing, Person) and thing.merged_into_id:
        return f"its address leads to “{thing.merged_into}”"
    named = []
    for relation, kinds, one, many in (
        ("articles", (Country, Person, Topic, Source), "article", "articles"),
        ("parties", (Country, Person), "party to an event", "parties to events"),
        ("mentions", (Country, Person), "mention in a text", "mentions in texts"),
    ):
        number = getattr(thing, relation).count() if isinstance(thing, kinds) else 0
        if number:
            named.append(f"{number:,} {one if number == 1 else many}")
    return f"named by {' and '.join(named)}" if named else ""
