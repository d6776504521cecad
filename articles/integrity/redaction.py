"""Words that the law orders out of the archive: removed from an article as it is and ever was.

Each letter becomes "█" and spaces stay, so that the words of events keep their places. The row, all
its versions, and what quotes them (the words of events, the original bytes, the index, the desk's
log) lose the words; each version that did gets a second seal, of what was left of it, beside the
first, which stays and tells that something else stood there. One redaction is one change.

What is not reached: reasons and notes of earlier changes, which are sealed (`traces` counts them);
references of imports and the keys of records; backups and copies made before.
"""

import json
import re
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import Q

from articles import search
from articles.models import (
    Article,
    Change,
    Evidence,
    FormerSlug,
    Mention,
    Record,
    Seal,
    Suggestion,
    Version,
)
from articles.models.addresses import slugs_in_use
from articles.models.slugs import free_slug, slug_base

from .anchors import BLOT
from .engines import engine
from .kept import kinds
from .seals import document, first_seals, sha256, standing
from .seen import check_as_seen, hold
from .versions import change, settle

FEWEST = 3  # letters of the words; fewer would blot half of a text
MOST_REASON = 2000
TEXTS = (
    "headline", "summary", "body", "byline", "dateline", "credit", "published_note",
    "usage_terms", "withdrawal_reason", "url",
)  # fmt: skip
WHOLE = ("summary", "body", "published_note")  # of which the whole text consists
QUOTING = (Evidence, Mention)


@dataclass(frozen=True)
class Order:
    """What is to be removed: these exact words, the whole text, or both; the address if asked."""

    words: str = ""
    whole: bool = False
    address: bool = False

    def check(self):
        """Raises ValidationError, in words, where there is nothing to remove."""
        if not self.words and not self.whole:
            raise ValidationError("Write the words to be removed, or choose the whole text.")
        if self.words and len(self.words) < FEWEST:
            raise ValidationError(f"Write at least {FEWEST} characters.")
        if self.words and (not slug_base(self.words) or BLOT in self.words):
            raise ValidationError("There is no word in this that could be removed.")

    def blotted(self, text):
        return text.replace(self.words, _blot(self.words)) if self.words else text

    def text(self, name, text):
        """A field of the article without the words."""
        left = _blot(text) if self.whole and name in WHOLE else self.blotted(text)
        if name == "url" and not left.startswith(("http://", "https://")):
            return ""  # no address any more
        return left

    def state(self, state, slug):
        """A state of the article without the words; where its address bears them, with `slug`."""
        left = {**state, **{name: self.text(name, state[name]) for name in TEXTS if name in state}}
        if state.get("original") and (left != state or self._is_in(state["original"])):
            left["original"] = None
        if self.is_in_address(state["slug"]):
            left["slug"] = slug
        return left

    def _is_in(self, hexadecimal):
        text = bytes.fromhex(hexadecimal).decode(errors="replace").replace("\r\n", "\n")
        return bool(self.words) and self.words in text

    def is_in_address(self, slug):
        """Whether this address bears the words, and it was asked to change it then."""
        return self.address and bool(self.words) and slug_base(self.words) in slug

    def number(self, state):
        """How often the words stand in a state of the article; 1 for each whole text."""
        counted = self.is_in_address(state["slug"])
        for name in TEXTS:
            text = state.get(name) or ""
            if self.whole and name in WHOLE:
                counted += _blot(text) != text
            elif self.words:
                counted += text.count(self.words)
        return counted


def _blot(text):
    return re.sub(r"\S", BLOT, text)


def occurrences(article, order):
    """[(number of the version, how often the words stand in it)], the present one last."""
    versions = article.record.versions.order_by("number").values_list("number", "state")
    found = [(number, order.number(state)) for number, state in versions.iterator(100)]
    return [*found, (article.version, order.number(_present(article)))]


def traces(article, order):
    """How many earlier changes of it quote the words in their reason or note; they are sealed."""
    changes = Change.objects.filter(seals__record=article.record).distinct()
    return sum(order.words in f"{made.reason}\n{made.note}" for made in changes) * bool(order.words)


def check(article, order, reason):
    """(order, reason) as they can be carried out. Raises ValidationError, in words."""
    order.check()
    reason = reason.strip()
    if not reason or "\0" in reason or len(reason) > MOST_REASON:
        raise ValidationError(f"Readers are told why: a reason of at most {MOST_REASON:,} letters.")
    if order.words and order.words in reason:
        raise ValidationError("The reason is public: it must not repeat the words.")
    if not any(number for _, number in occurrences(article, order)):
        raise ValidationError("These words stand in no version of this article.")
    return order, reason


def redact(article, order, by, reason, seen=None):
    """Remove the words. Returns what the administrator has still to do, a sentence.

    `reason` is public and must not repeat them. `seen`: {id: version} of the article as somebody
    looked at it; Changed is raised if it is another. Raises ValidationError. Not within another
    change: what stands must be sealed before words are taken out of it.
    """
    order, reason = check(article, order, reason)
    dialect, connection = engine()
    settle()
    with dialect.overwriting(connection):
        with change(by, reason, kind=Change.Kind.REDACTION):
            hold("article", [article.pk])
            stands = Article.objects.get(pk=article.pk)
            check_as_seen(seen, stands)
            _remove(stands, order)
        return dialect.clean(connection)


def _remove(article, order):
    dialect, connection = engine()
    slug = _plain_slug(article)
    texts = _Texts(article, order, slug)
    rows = [(article.record, texts.article)]
    rows += [(record, texts.quotation) for record in texts.records_of_quotations()]
    texts.write_rows()
    redaction = dialect.change_at_work(connection)
    for record, of_state in rows:
        _redact_versions(record, of_state, redaction)
    for record in texts.records_of_addresses():
        _redact_versions(record, lambda state: {**state, "slug": slug}, redaction)
    search.compact(search.catch_up())
    _clear_log(article, texts)


class _Texts:
    """The article as it stands and stood, with and without the words."""

    def __init__(self, article, order, slug):
        self.pk, self.key, self.order, self.slug = article.pk, article.record.key, order, slug
        self.present = _present(article)
        states = list(article.record.versions.values_list("state", flat=True)) + [self.present]
        bodies = dict.fromkeys(state["body"] for state in states)
        self.bodies = [(body, order.text("body", body)) for body in bodies]
        self.quotes = {}  # words of events as they were, and as they are now
        self.events = set(Evidence.objects.filter(article=self.pk).values_list("event", flat=True))

    def article(self, state):
        return self.order.state(state, self.slug)

    def quotation(self, state):
        """Words of an event, or a mention, as they stand in the text without the words; they may
        overlap them."""
        if state["article"] != self.key:
            return state
        left = {**state, "text": self.quoted(state["text"], state["start"], state["end"])}
        if "why" in state:
            left["why"] = self.why(state["why"], left["text"])
        return left

    def why(self, why, text):
        """Why words name somebody: it may tell whom, of whom the text is silent now."""
        return "" if self.order.whole or BLOT in text else self.order.blotted(why)

    def quoted(self, text, start, end):
        left = _blot(text) if self.order.whole else self.order.blotted(text)
        for body, after in self.bodies:
            if body[start:end] == text:
                pairs = zip(left, after[start:end], strict=True)
                left = "".join(BLOT if BLOT in pair else pair[0] for pair in pairs)
        self.quotes[text] = left
        return left

    def records_of_quotations(self):
        """Of all words of events and mentions that ever were this article's."""
        found = []
        for model in QUOTING:
            kind = model._meta.model_name
            now = model.objects.filter(article=self.pk).values("pk")
            once = Version.objects.filter(record__kind=kind, state__article=self.key)
            of_it = Q(object_id__in=now) | Q(pk__in=once.values("record"))
            found += Record.objects.filter(of_it, kind=kind)
        return found

    def records_of_addresses(self):
        """Of the former addresses with the words: no longer answered."""
        once = Version.objects.filter(record__kind="formerslug", state__article=self.key)
        records = Record.objects.filter(kind="formerslug", pk__in=once.values("record"))
        return [record for record in records if self.order.is_in_address(record.key)]

    def write_rows(self):
        left = self.article(self.present)
        changed = {name: left[name] for name in left if left[name] != self.present[name]}
        if changed:
            Article.objects.filter(pk=self.pk).update(**changed)
        for model in QUOTING:
            for words in model.objects.filter(article=self.pk):
                left = {"text": self.quoted(words.text, words.start, words.end)}
                if model is Mention:
                    # No link tells any more whom they named.
                    left["why"] = self.why(words.why, left["text"])
                    left["is_lost"] = words.is_lost or BLOT in left["text"]
                if any(getattr(words, name) != value for name, value in left.items()):
                    model.objects.filter(pk=words.pk).update(**left)
        Suggestion.objects.filter(article=self.pk).delete()  # they are made anew
        for former in FormerSlug.objects.filter(article=self.pk):
            if self.order.is_in_address(former.slug):
                former.delete()


def _plain_slug(article):
    base = f"article-{article.pk}"
    near = Q(slug=base) | Q(slug__startswith=f"{base}-")
    return free_slug(base, slugs_in_use(near, besides=article.pk))


def _present(article):
    found = standing(kinds()["article"], "r.object_id = %s", [article.pk])
    return next(iter(found))[-1]


def _redact_versions(record, of_state, redaction):
    """Take the words out of the replaced states of a record, and seal what is left of each."""
    for version in record.versions.order_by("number"):
        left = of_state(version.state)
        if left == version.state:
            continue
        Version.objects.filter(pk=version.pk).update(state=left, redacted_by=redaction)
        before = (record.pk, version.number - 1)
        previous = first_seals([before]).get(before)
        digest = sha256(document(record.kind, record.key, version.number, left, previous))
        Seal.objects.create(
            record=record, number=version.number, change_id=redaction, sha256=digest
        )


def _clear_log(article, texts):
    """The desk's log names things by their texts."""
    article = Article.objects.get(pk=article.pk)
    quotes = {words.pk: words.text for words in article.evidence.all()}
    gone = {**texts.quotes, texts.order.words: _blot(texts.order.words)}
    mentions = {words.pk: str(words) for words in article.mentions.all()}
    shown = {"article": {article.pk: str(article)}, "evidence": quotes, "mention": mentions}
    for kind, ids in (*shown.items(), ("event", texts.events)):
        entries = LogEntry.objects.filter(
            content_type__app_label="articles",
            content_type__model=kind,
            object_id__in=list(map(str, ids)),
        )
        for entry in entries:
            if kind != "event":
                entry.object_repr = shown[kind][int(entry.object_id)][:200]
            for words, left in gone.items():
                for form in filter(None, (words, json.dumps(words)[1:-1])):
                    entry.change_message = entry.change_message.replace(form, left)
            entry.save(update_fields=["object_repr", "change_message"])
