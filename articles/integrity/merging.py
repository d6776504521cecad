"""Duplicates: one goes into the other, and its address leads there for good, with the reason.

Nothing is erased: the duplicate's row, its text and its versions stay, and all that is moved leaves
a version. One merger is one change.
"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db.models import Q

from articles.models import Article, Change, Mention, Party

from .seen import check_as_seen, hold
from .versions import change

MOST_REASON = 2000


def article_to_merge_into(article, target):
    """Where `article` goes when it is merged into `target`: to the end of the chain.

    Raises ValidationError, in words, for what would mislead a reader.
    """
    if article.status != Article.Status.PUBLISHED:
        raise ValidationError(
            f"“{article}” is {article.get_status_display()}: only a published story is merged."
        )
    end = _end(article, target)
    if end.status != Article.Status.PUBLISHED:
        raise ValidationError(
            f"“{end}” is {end.get_status_display()}: readers would be led to nothing."
        )
    return end


def _end(thing, target):
    if target == thing:
        raise ValidationError(f"“{thing}” cannot be merged into itself.")
    end = target.end_of_merger
    if end is None or end == thing:
        raise ValidationError(
            f"“{target}” was itself merged into “{thing}”: they would lead to one another."
        )
    return end


def places_of_evidence(article, target):
    """[(evidence, its place in the target or None, why None)] of the words that prove events.

    They are moved where the very same words stand exactly once.
    """
    taken = set(target.evidence.values_list("event", "start"))
    found = []
    for words in article.evidence.select_related("event").order_by("pk"):
        start, number = target.body.find(words.text), target.body.count(words.text)
        why = {0: "the words do not stand there", 1: ""}.get(number, "the words stand there twice")
        if not why and (words.event_id, start) in taken:
            why = "they are bound to the event there already"
        found.append((words, None if why else start, why))
    return found


def merge_article(article, target, by, reason, seen=None):
    """Merge a published article into another. Returns (the end, what of its evidence was left).

    `seen`: {id: version} of both as somebody looked at them; Changed is raised if they are others.

    What was left is [(evidence, why)]; it stays with the duplicate, unseen by readers.
    Raises ValidationError.
    """
    reason = _reason(reason)
    with change(by, reason, kind=Change.Kind.MERGER):
        article, target = _locked(article, target, seen)
        end = article_to_merge_into(article, target)
        left = []
        for words, start, why in places_of_evidence(article, end):
            if why:
                left.append((words, why))
                continue
            words.article, words.start, words.end = end, start, start + len(words.text)
            words.save()
        article.status, article.merged_into = Article.Status.MERGED, end
        article.withdrawal_reason = reason
        article.save(update_fields=["status", "merged_into", "withdrawal_reason"])
    return end, left


def person_to_merge_into(person, target):
    """The same for people. Terms that both bear and tell differently must be put right before."""
    if person.merged_into_id:
        raise ValidationError(f"“{person}” was merged already, into “{person.merged_into}”.")
    end = _end(person, target)
    for term, held in _terms_of_both(person, end):
        if _told(term) != _told(held):
            raise ValidationError(
                f"{term.post} from {term.started or 'an unknown day'} is recorded for both, and not"
                " alike: put one of them right first."
            )
    return end


def _terms_of_both(person, other):
    held = {(term.post_id, term.started): term for term in other.memberships.all()}
    for term in person.memberships.select_related("post"):
        if (term.post_id, term.started) in held:
            yield term, held[term.post_id, term.started]


def _told(term):
    return term.ended, term.is_acting, term.note


def merge_person(person, target, by, reason, seen=None):
    """Merge a record of a person into another, `seen` as above. Returns the end.

    Articles, parties to events, mentions, terms and names move; what the other has already is not
    doubled.
    Raises ValidationError.
    """
    reason = _reason(reason)
    with change(by, reason, kind=Change.Kind.MERGER):
        person, target = _locked(person, target, seen)
        end = person_to_merge_into(person, target)
        naming = Q(people=person) | Q(mentions__person=person) | Q(suggestions__person=person)
        hold("article", list(Article.objects.filter(naming).values_list("pk", flat=True)))
        _move_links(Article.people.through, "article_id", person, end)
        _move_links(Party.people.through, "party_id", person, end)
        _move_namings(person, end)
        for term, _ in list(_terms_of_both(person, end)):
            term.delete()
        person.memberships.update(person=end)
        _move_names(person, end)
        person.merged_into, person.merge_reason = end, reason
        person.save(update_fields=["merged_into", "merge_reason"])
    return end


def _move_links(through, owner, person, target):
    linked = through.objects.filter(person=target).values_list(owner, flat=True)
    through.objects.filter(person=person, **{f"{owner}__in": list(linked)}).delete()
    through.objects.filter(person=person).update(person=target)


def _move_namings(person, target):
    """What was said of both of the same words is said once; that it is so outweighs that not."""
    of_target = {_words(m): m for m in target.mentions.filter(is_lost=False)}
    for mention in person.mentions.filter(is_lost=False):
        if other := of_target.get(_words(mention)):
            is_better = mention.status == Mention.Status.CONFIRMED != other.status
            (other if is_better else mention).delete()
    person.mentions.update(person=target, target=target.slug)
    articles = list(person.suggestions.values_list("article", flat=True).distinct())
    person.suggestions.update(person=target)
    _count_suggestions(target, articles)


def _words(naming):
    return naming.article_id, naming.start, naming.end


def _count_suggestions(person, articles):
    """Once of the same words, of none of which something was said, the number with the first."""
    said = set(map(_words, person.mentions.filter(article__in=articles, is_lost=False)))
    first, number = {}, Counter()
    for suggestion in person.suggestions.filter(article__in=articles).order_by("start", "pk"):
        if _words(suggestion) in said:
            suggestion.delete()
            continue
        said.add(_words(suggestion))
        first.setdefault(suggestion.article_id, suggestion.pk)
        number[suggestion.article_id] += 1
    person.suggestions.filter(article__in=articles).update(times=0)
    for article, pk in first.items():
        person.suggestions.filter(pk=pk).update(times=number[article])


def _move_names(person, target):
    for name in person.other_names.all():
        if target.other_names.filter(name=name.name, kind=name.kind).exists():
            name.delete()
    person.other_names.update(person=target)
    known = {target.name, *target.other_names.values_list("name", flat=True)}
    if person.name not in known:
        target.other_names.create(name=person.name)


def _locked(thing, target, seen):
    """Both as they are now; nobody else merges them meanwhile."""
    model, ids = type(thing), [thing.pk, target.pk]
    hold(model._meta.model_name, ids)
    found = model.objects.in_bulk(ids)
    check_as_seen(seen, *found.values())
    return found[thing.pk], found[target.pk]


def _reason(reason):
    reason = reason.strip()
    if not reason or "\0" in reason or len(reason) > MOST_REASON:
        raise ValidationError(f"Readers are told why: a reason of at most {MOST_REASON:,} letters.")
    return reason
