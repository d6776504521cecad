"""What texts name: suggested by detection, confirmed or rejected by editors.

    suggest(ids)                  read these articles: how many suggestions were made
    suggest_unread(progress)      the same of all that were not read since they were changed
    confirm(suggestions, by)      they become mentions, and the articles are linked to what is named
    reject(suggestions, by)       they become mentions that say: not so

An editor judges all words of an article that name the same at once: one row of the desk's list.
Nothing that an editor said is suggested again.
"""

from collections import defaultdict
from itertools import islice

from django.db import connection
from django.utils import timezone

from . import dates, gazetteer, integrity
from .models import Article, Country, Mention, Person, Reading, Suggestion, unread
from .models.rows import insert
from .names.detect import detect_article

BATCH = 200  # articles read in one transaction: the lock is held for half a second
BY = "detect_names"
_COLUMNS = (
    *("article_id", "start", '"end"', "text", "kind", "why", "country_id", "person_id", "times"),
)
_READ = ("pk", "headline", "body", "published_earliest", "published_latest")


def suggest(ids, progress=lambda number: None):
    """Read these articles anew. Returns how many suggestions were made."""
    made, ids = 0, iter(ids)
    while batch := list(islice(ids, BATCH)):
        articles = Article.objects.order_by("pk").filter(pk__in=batch).values_list(*_READ)
        known = gazetteer.current()
        found = {pk: _found(known, *read) for pk, *read in articles}
        with integrity.change(BY, "What texts name"):
            made += _replace(found)
        progress(len(batch))
    return made


def suggest_unread(progress=lambda number: None):
    """Read whatever was not read since it was changed. Returns (articles, suggestions)."""
    number = made = last = 0
    while ids := _next_unread(last):
        made += suggest(ids, progress)
        number, last = number + len(ids), ids[-1]
    return number, made


def _next_unread(last):
    found = unread().filter(pk__gt=last).order_by("pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def _found(known, headline, body, earliest, latest):
    """What the body names; who is named in full in the headline is known there."""
    _, in_body = detect_article(headline, body, known, dates.Span(earliest, latest))
    return in_body


def _replace(found):
    """Put what was found of these articles in the place of what was suggested before."""
    Suggestion.objects.filter(article__in=found).delete()
    Reading.objects.filter(article__in=found).delete()
    said, ids = _said(found), _ids(found)
    rows = []
    for article, namings in found.items():
        rows += _rows(article, namings, said[article], ids)
    insert("articles_suggestion", _COLUMNS, rows)
    now = Reading._meta.get_field("at").get_db_prep_save(timezone.now(), connection)
    insert("articles_reading", ["article_id", "at"], [(article, now) for article in found])
    return len(rows)


def _said(articles):
    """{article: {(start, end, of, slug)} of what editors said}"""
    said = defaultdict(set)
    for mention in Mention.objects.filter(article__in=articles, is_lost=False):
        of = "country" if mention.country_id else "person"
        said[mention.article_id].add((mention.start, mention.end, of, mention.target))
    return said


def _ids(found):
    """{(of, slug): id} of all that is named."""
    slugs = defaultdict(set)
    for namings in found.values():
        for naming in namings:
            slugs[naming.of].add(naming.target)
    ids = {}
    for of, model in (("country", Country), ("person", Person)):
        known = model.objects.filter(slug__in=slugs[of]).values_list("slug", "pk")
        ids |= {(of, slug): pk for slug, pk in known}
    return ids


def _rows(article, namings, said, ids):
    times, rows = defaultdict(int), []
    new = [n for n in namings if (n.start, n.end, n.of, n.target) not in said]
    new = [n for n in new if (n.of, n.target) in ids and n.text.strip()]
    for naming in new:
        times[naming.of, naming.target] += 1
    for naming in new:
        which = (naming.of, naming.target)
        country, person = (ids[which] if naming.of == of else None for of in ("country", "person"))
        words = (naming.start, naming.end, naming.text[:300], naming.kind, naming.why[:200])
        rows.append((article, *words, country, person, times.pop(which, 0)))
    return rows


# What editors say


def confirm(suggestions, by):
    """Link the articles to what they name. Returns how many (article, named) there were."""
    return _judge(suggestions, by, Mention.Status.CONFIRMED)


def reject(suggestions, by):
    return _judge(suggestions, by, Mention.Status.REJECTED)


_DONE = {
    Mention.Status.CONFIRMED: "Confirmed: the text names it",
    Mention.Status.REJECTED: "Rejected: the text does not name it",
}


def _judge(suggestions, by, status):
    asked = {_which(suggestion) for suggestion in suggestions}
    with integrity.change(by, _DONE[status]):
        of_articles = Suggestion.objects.select_related("country", "person", "article").filter(
            article__in={article for article, *_ in asked}
        )
        judged = [suggestion for suggestion in of_articles if _which(suggestion) in asked]
        Mention.objects.bulk_create(
            _mention(suggestion, by, status) for suggestion in judged if suggestion.stands
        )
        if status == Mention.Status.CONFIRMED:
            _link("countries", "country_id", judged)
            _link("people", "person_id", judged)
        Suggestion.objects.filter(pk__in=[suggestion.pk for suggestion in judged]).delete()
    return len({_which(suggestion) for suggestion in judged})


def _which(suggestion):
    return suggestion.article_id, suggestion.country_id, suggestion.person_id


def _mention(suggestion, by, status):
    s = suggestion
    words = {"start": s.start, "end": s.end, "text": s.text, "kind": s.kind, "why": s.why}
    named = {"country": s.country, "person": s.person, "target": s.named.slug}
    return Mention(article=s.article, status=status, said_by=by[:150], **words, **named)


def _link(name, column, judged):
    through = getattr(Article, name).through
    links = {(s.article_id, getattr(s, column)) for s in judged if getattr(s, column)}
    through.objects.bulk_create(
        [through(**{"article_id": article, column: pk}) for article, pk in sorted(links)],
        ignore_conflicts=True,
    )
