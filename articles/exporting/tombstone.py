"""What is told of an article that was withdrawn: why, when, how to cite it; never its text."""

from django.urls import reverse

from articles import dates

NO_REASON = "No reason was recorded."


def of_withdrawn(article, absolute):
    """{id, url, permalink, headline, source, published, status, withdrawn_on, reason, citation}

    `withdrawn_on` is None where nobody can tell: it came as it is.
    """
    closed = article.closed_by
    permalink = absolute(reverse("short-link", args=[article.pk]))
    return {
        "id": article.pk,
        "url": absolute(article.get_absolute_url()),
        "permalink": permalink,
        "headline": article.headline,
        "source": {"slug": article.source.slug, "name": article.source.name},
        "published": article.published or None,
        "status": article.status,
        "withdrawn_on": closed.at.date().isoformat() if closed else None,
        "reason": article.withdrawal_reason or NO_REASON,
        "citation": _citation(article, closed, permalink),
    }


def as_text(told):
    """The same in words."""
    return f"{_done(told)}: {told['headline']}\n\n{told['reason']}\n\n{told['citation']}\n"


def _done(told):
    return f"Withdrawn on {told['withdrawn_on']}" if told["withdrawn_on"] else "Withdrawn"


def _citation(article, closed, permalink):
    when = dates.in_words(article.published)
    if article.published and not article.is_printed_date:
        when = f"undated [{when}]"
    done = f"withdrawn on {dates.day_in_words(closed.at)}" if closed else "withdrawn"
    return (
        f"“{article.headline}.” {article.source}, {when}. Diplomacy Archive, article {article.pk}, "
        f"{done}. {permalink}"
    )
