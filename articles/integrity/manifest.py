"""What stands in the archive, for outsiders to keep: one hash a record, and the head."""

import hashlib
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F

from articles.models import Record, Seal

from .versions import canonical, settle


def write_manifest(path, using=DEFAULT_DB_ALIAS):
    """Write the manifest to a file; returns its head.

    JSON Lines: first {"head": SHA-256 of all that follows, "records": how many}, then a line
    [sha256, kind, key, number] a record, in the order of the bytes of kind and key.
    """
    settle(using=using)
    sealed = Seal.objects.using(using).filter(number=F("record__number")).order_by("-pk")
    first = dict(sealed.values_list("record", "sha256"))  # of several seals the first one stays
    records = Record.objects.using(using).values_list("pk", "kind", "key", "number")
    listed = sorted((kind.encode(), key.encode(), pk, number) for pk, kind, key, number in records)
    lines = b"".join(
        canonical([first.get(pk), kind.decode(), key.decode(), number]) + b"\n"
        for kind, key, pk, number in listed
    )
    head = hashlib.sha256(lines).hexdigest()
    Path(path).write_bytes(canonical({"head": head, "records": len(listed)}) + b"\n" + lines)
    return head
