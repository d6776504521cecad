"""What somebody looked at before they decided: it must be what still stands, and stay so."""

from django.core.exceptions import ValidationError

from articles.models import Record


class Changed(ValidationError):
    """Somebody else changed it meanwhile."""


def check_as_seen(seen, *things):
    """Raises Changed unless each thing stands in the version that `seen`, {id: version}, has of it.

    None: nobody looked, there is nothing to check. Within a transaction that has locked them.
    """
    if seen is None:
        return
    for thing in things:
        record = Record.objects.get(kind=thing._meta.model_name, object_id=thing.pk)
        if seen.get(thing.pk) != record.number:
            raise Changed(
                f"“{thing}” was changed since you looked, or the page did not say what it showed: "
                "look again, then decide anew."
            )


def hold(kind, ids):
    """Nobody else changes these records before the transaction ends.

    In the order and by the rows in which the desk holds what it changes, so that none waits for
    another who waits for it. What is to be decided is read after that.
    """
    records = Record.objects.filter(kind=kind, object_id__in=ids).order_by("pk")
    list(records.select_for_update(no_key=True).values_list("pk"))
