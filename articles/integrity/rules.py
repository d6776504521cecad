"""What both dialects of the mechanism share: how a record is looked up, and what is refused."""

# How a record's key is found.


def key_of(kind, value):
    """SQL of the key of the record of a kind whose row has this number."""
    return f"(SELECT key FROM articles_record WHERE kind = '{kind}' AND object_id = {value})"


def key(kind, row, cast=""):
    """SQL of the key of a row of this kind: the parts of its natural key, parted by slashes."""
    columns = [(column, f'{row}."{column.column}"') for column in kind.key]
    return " || '/' || ".join(
        key_of(column.of, value) if column.form == "record" else f"{value}{cast}"
        for column, value in columns
    )


# What detection reads of an article.
READ = ("headline", "body", "published")

# What is refused.

NO_DELETION = "nothing is erased here"
JOURNAL = ("record", "version", "seal", "change", "verification")


def guards(kept, differ):
    """(table, name, event, condition in SQL or "", why) of what the database refuses, row by row.

    `differ(columns)` is the dialect's SQL of whether OLD and NEW differ in these.
    """
    for name in JOURNAL:
        yield f"articles_{name}", "delete", "DELETE", "", NO_DELETION
    for name in ("seal", "verification"):
        yield f"articles_{name}", "update", "UPDATE", "", "nothing is altered here"
    yield (
        "articles_record",
        "update",
        "UPDATE",
        differ(["id", "kind", "key"]) + " OR NEW.number < OLD.number",
        "a record keeps its name and its count",
    )
    yield (
        "articles_version",
        "update",
        "UPDATE",
        differ(["id", "record_id", "number", "change_id", "replaced_by_id"])
        + " OR NEW.redacted_by_id IS NULL"
        " OR NEW.redacted_by_id <= coalesce(OLD.redacted_by_id, 0)",
        "a version is altered by a redaction alone",
    )
    yield (
        "articles_change",
        "update",
        "UPDATE",
        "OLD.position IS NOT NULL",
        "a sealed change stays as it is",
    )
    yield (
        "articles_change",
        "insert",
        "INSERT",
        "NEW.position IS NOT NULL OR NEW.made_by <> '' OR NEW.reason <> ''"
        " OR NEW.accepts_id IS NOT NULL OR NEW.sha256 <> ''",
        "who and why are written with the seal",
    )
    for kind in kept.values():
        yield kind.table, "id", "UPDATE", "OLD.id <> NEW.id", "a row keeps its number for good"


# What stays for good once it had one of these statuses, and what is done instead.
_STAYING = {
    "article": (
        ["published", "withdrawn", "merged"],
        "an article that was published is withdrawn, never deleted",
    ),
    "event": (["confirmed"], "an event that was confirmed is rejected, never deleted"),
}


def stays(kept, status_of_state):
    """(kind, name, condition in SQL, why) of the deletions that are refused, row by row.

    `status_of_state` is the dialect's SQL of the status in `v.state`.
    """
    for name, (statuses, why) in _STAYING.items():
        if name in kept:
            yield kept[name], "delete", _was_ever(name, statuses, status_of_state), why
    # Else what refers to it would say something else afterwards, and no version of it would.
    for kind in kept.values():
        if referring := " OR ".join(_referring(kind, kept)):
            yield kind, "referred", referring, "what others refer to is not deleted"


def _referring(kind, kept):
    for other in kept.values():
        for column in other.columns:
            if column.of == kind.name:
                yield f"EXISTS (SELECT 1 FROM {other.table} WHERE {column.column} = OLD.id)"
        for link in other.links:
            if link.of == kind.name:
                yield f"EXISTS (SELECT 1 FROM {link.table} WHERE {link.other} = OLD.id)"


def _was_ever(kind, statuses, status_of_state):
    """Whether OLD has one of these statuses, or a version that was replaced had."""
    once = f"({', '.join(map(repr, statuses))})"
    return (
        f"OLD.status IN {once} OR EXISTS (SELECT 1 FROM articles_version v"
        f" JOIN articles_record r ON r.id = v.record_id WHERE r.kind = '{kind}'"
        f" AND r.object_id = OLD.id AND {status_of_state} IN {once})"
    )
