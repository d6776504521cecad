"""What texts name: suggested by detection, confirmed or rejected by editors.

    suggest(ids)                  read these articles: how many suggestions were made
    suggest_unread(progress)      the same of all that were not read since they were changed
    confirm(suggestions, by)      they become mentions, and the articles are linked to what is named
    reject(suggestions, by)       they become mentions that say: not so
    link(mentions)                link the articles of these to what is named

An editor judges all words of an article that name the same at once: one row of the desk's list.
Nothing that an editor said is suggested again.
"""

from collections import Counter, defaultdict
from itertools import islice

from django.db import connection
from django.utils import timezone

from . import dates, gazetteer, integrity
from .models import Article, Country, Mention, Person, Reading, Suggestion, unread
from .models.rows import insert
from .names.detect import detect_article

BATCH = 200  # articles read in one transaction: the lock is held for half a second
TRIES = 3  # of what others change while it is read; then it stays unread
AT_ONCE = 20  # articles whose bodies are held in memory when they are judged
BY = "detect_names"
_COLUMNS = (
    *("article_id", "start", '"end"', "text", "kind", "why", "country_id", "person_id", "times"),
)
_READ = ("pk", "headline", "body", "published_earliest", "published_latest")


def suggest(ids, progress=lambda number: None):
    """Read these articles anew. Returns how many suggestions were made."""
    made, ids = 0, iter(ids)
    while batch := list(islice(ids, BATCH)):
        for _ in range(TRIES):
            number, batch_left = _suggest(batch)
            made += number
            progress(len(batch) - len(batch_left))
            if not (batch := batch_left):
                break
    return made


def _suggest(ids):
    """(how many suggestions were made, the ids of what others changed while it was read)"""
    known, found, read = gazetteer.current(), {}, {}
    for pk, *text in _texts(ids):
        found[pk], read[pk] = _found(known, *text), hash(tuple(text))
    with integrity.change(BY, "What texts name"):
        integrity.hold("article", ids)
        changed = [pk for pk, *text in _texts(ids) if read.get(pk) != hash(tuple(text))]
        there = set(Article.objects.filter(pk__in=ids).values_list("pk", flat=True))
        same = {pk: those for pk, those in found.items() if pk in there and pk not in changed}
        integrity.follow()  # what was said is compared by where it stands now
        return _replace(same), changed


def _texts(ids):
    return Article.objects.order_by("pk").filter(pk__in=ids).values_list(*_READ).iterator()


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
    """{article: {(start, end, country, person) of what editors said of its words}}"""
    said = defaultdict(set)
    mentions = Mention.objects.filter(article__in=articles, is_lost=False)
    for article, *words in mentions.values_list("article", *_WORDS):
        said[article].add(tuple(words))
    return said


_WORDS = ("start", "end", "country", "person")


def _ids(found):
    """{(of, slug): id} of all that is named."""
    slugs = defaultdict(set)
    for namings in found.values():
        for naming in namings:
            slugs[naming.of].add(naming.target)
    ids = {}
    # Who was merged since the gazetteer was made is nobody any more.
    for of, there in (("country", Country.objects), ("person", Person.objects.unmerged())):
        known = there.filter(slug__in=slugs[of]).values_list("slug", "pk")
        ids |= {(of, slug): pk for slug, pk in known}
    return ids


def _rows(article, namings, said, ids):
    """`times` stands with the first."""
    new = []
    for naming in namings:
        pk = ids.get((naming.of, naming.target))
        country, person = (pk if naming.of == of else None for of in ("country", "person"))
        is_said = (naming.start, naming.end, country, person) in said
        if pk and not is_said and naming.text.strip() and len(naming.text) <= _LONGEST:
            new.append((naming, country, person))
    times = Counter((country, person) for _, country, person in new)
    return [
        (article, n.start, n.end, n.text, n.kind, n.why[:200], *which, times.pop(tuple(which), 0))
        for n, *which in new
    ]


_LONGEST = Suggestion._meta.get_field("text").max_length


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
    asked = defaultdict(set)
    for article, *named in suggestions.values_list("article", "country", "person"):
        asked[article].add(tuple(named))
    articles, number = sorted(asked), 0
    with integrity.change(by, _DONE[status]):
        integrity.hold("article", articles)
        for at in range(0, len(articles), AT_ONCE):
            some = articles[at : at + AT_ONCE]
            number += _judge_some({article: asked[article] for article in some}, by, status)
    return number


def _judge_some(asked, by, status):
    """{article: {(country, person)}}: what is suggested of them by now, and stands there."""
    bodies = dict(Article.objects.filter(pk__in=asked).order_by().values_list("pk", "body"))
    suggested = Suggestion.objects.filter(article__in=asked).select_related("country", "person")
    judged = [s for s in suggested if (s.country_id, s.person_id) in asked[s.article_id]]
    ids = [suggestion.pk for suggestion in judged]
    judged = [s for s in judged if bodies[s.article_id][s.start : s.end] == s.text]
    said = _said(asked)
    Mention.objects.bulk_create(
        _mention(s, by, status)
        for s in judged
        if (s.start, s.end, s.country_id, s.person_id) not in said[s.article_id]
    )
    if status == Mention.Status.CONFIRMED:
        link(judged)
    for at in range(0, len(ids), BATCH):
        Suggestion.objects.filter(pk__in=ids[at : at + BATCH]).delete()
    return len({(s.article_id, s.country_id, s.person_id) for s in judged})


def _mention(suggestion, by, status):
    s = suggestion
    words = {"start": s.start, "end": s.end, "text": s.text, "kind": s.kind, "why": s.why}
    named = {"country": s.country, "person": s.person, "target": s.named.slug}
    return Mention(article_id=s.article_id, status=status, said_by=by[:150], **words, **named)


def link(namings):
    """Link the articles to what these name, where they are not yet."""
    for name, column in (("countries", "country_id"), ("people", "person_id")):
        through = getattr(Article, name).through
        links = {(n.article_id, getattr(n, column)) for n in namings if getattr(n, column)}
        through.objects.bulk_create(
            [through(**{"article_id": article, column: pk}) for article, pk in sorted(links)],
            ignore_conflicts=True,
        )
