"""The page of two countries, made by functions as that of an article is (article_page.py)."""

from html import escape as e

from django.template.loader import render_to_string

from articles.models import Event
from articles.models.links import address
from articles.templatetags.archive import term
from articles.timeline import timeline

from . import list_page
from .chart import chart


def page(listing, pair):
    names = listing.filterset.names
    events = ()
    if names.counts(pair).events:
        events = Event.objects.confirmed().involving(*pair).with_parties()
    in_office = [country for country in pair if country.pk in names.with_high_offices]
    through_time = timeline(listing.filterset.of_the_page, events, in_office)
    first, second = pair
    main = (
        '<nav class="crumb" aria-label="Breadcrumb"><ol>'
        f'<li><a href="{address("relations")}">Relations</a></li>'
        f'<li><a href="{first.address}">{first.html}</a></li>'
        f'<li><a href="{second.address}">{second.html}</a></li></ol></nav>\n'
        f'<h1 class="pair">{first.html} <span class="dash">–</span> {second.html}</h1>\n'
        f'<p class="lede">{_lede(listing, pair)} {_confirmed(len(through_time.all_events))}</p>\n'
        f'<section aria-labelledby="time"><h2 id="time">Through time</h2>\n'
        f"{chart(through_time, f'{first.html} and {second.html}')}{_events(through_time)}"
        f"{_by_year(through_time, pair)}</section>\n{_offices(through_time)}"
        f"{list_page.section(listing, 'Reports', opened=True)}"
    )
    return list_page.framed_list(listing, title=e(str(pair)), main=main)


def _lede(listing, pair):
    if listing.errors:
        return "Filters not understood: no report is shown below."
    if listing.chosen or not listing.count:
        return f"{e(listing.sentence)}."
    first, second = (e(country.in_a_sentence) for country in pair)
    return f"{_number(listing.count, 'article')} on {first} and {second}."


def _confirmed(number):
    if not number:
        return "No event has been confirmed yet."
    return f"{_number(number, 'event')} between them {'is' if number == 1 else 'are'} confirmed."


def _number(number, noun):
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _events(through_time):
    events = through_time.all_events
    if not events:
        return ""
    told = {"events": events, "caption": "Events in the picture, by number"}
    return f'<div class="gap">{render_to_string("includes/events.html", told)}</div>\n'


def _by_year(through_time, pair):
    if not through_time.years:
        return ""
    rows = "".join(
        [
            f'<tr><th scope="row">{year.year}</th><td class="num">{year.articles}</td>'
            f'<td class="num">{year.possible}</td>'
            f"<td>{e('; '.join([event.title for event in year.events]))}</td></tr>"
            for year in through_time.years
        ]
    )
    return (
        "<details><summary>Articles and events by year, as a table</summary>"
        '<div class="scroll" tabindex="0" role="region" aria-label="Articles and events by year">'
        f"<table><caption>Articles and events on {e(str(pair))} by year. “May be” counts articles"
        " of which only a span over several years is known, in each of those years.</caption>"
        '<thead><tr><th scope="col">Year</th><th scope="col" class="num">Articles</th>'
        '<th scope="col" class="num">May be of it</th><th scope="col">Events</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _offices(through_time):
    if not through_time.years:
        return ""
    told = "<p>No office-holder of either country is recorded for these years yet.</p>"
    rows = "".join([_term(row.post, held) for row in through_time.offices for held in row.terms])
    if rows:
        told = (
            '<div class="scroll" tabindex="0" role="region" aria-label="Office-holders">'
            '<table class="stack"><caption>Office-holders in the years of the picture</caption>'
            '<thead><tr><th scope="col">Office</th><th scope="col">Holder</th>'
            f'<th scope="col">Term</th></tr></thead><tbody>{rows}</tbody></table></div>'
        )
    return (
        '<section aria-labelledby="office"><h2 id="office">In office on both sides</h2>\n'
        f"{told}</section>\n"
    )


def _term(post, held):
    return (
        f'<tr><td><a href="{post.get_absolute_url()}">{e(str(post))}</a></td>'
        f'<th scope="row"><a href="{held.person.get_absolute_url()}">{e(str(held.person))}</a></th>'
        f"<td>{e(term(held))}{', acting' if held.is_acting else ''}</td></tr>"
    )
