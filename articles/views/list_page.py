"""The HTML of a Listing: what stands in every page with a list of articles, and that of all."""

from html import escape as e

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.text import get_text_list

from articles.filters import CURSOR, MOST_BY_RELEVANCE, ORDERS

from .filter_form import filter_form, search_within
from .frame import framed
from .listing import formats


def page(listing):
    """The list of all articles."""
    head = f"<h1>{e(listing.sentence)}</h1>"
    if listing.errors:
        number = len(listing.errors)
        told = f"{number} filter is" if number == 1 else f"{number} filters are"
        head = f"<h1>Nothing is shown: {told} not understood</h1>\n{_errors(listing)}"
    return framed_list(
        listing,
        title=e(listing.sentence),
        main=f'<div class="shown">{head}\n{_chips(listing)}{_suggested(listing)}</div>\n'
        f"{results(listing)}\n",
    )


def framed_list(listing, **blocks):
    """The answer with a page around a list: the search in its head stays within the list."""
    request = listing.request
    blocks.setdefault("description", e(listing.sentence))
    return HttpResponse(framed(request, search=search_within(request.GET), **blocks))


def section(listing, heading, opened=False):
    """The list under a heading; `opened` where the page has told already how many there are."""
    above = ""
    if listing.errors:
        above = _errors(listing)
    elif listing.chosen or not opened:
        lede = "" if opened else f'<p class="lede">{e(listing.sentence)}</p>'
        above = f'<div class="shown">{lede}{_chips(listing)}</div>'
    above += _suggested(listing)
    return (
        f'<section aria-labelledby="reports"><h2 id="reports">{e(heading)}</h2>\n'
        f"{above}\n{results(listing)}</section>\n"
    )


def beside(listing, template, heading, opened=False, **shown):
    """The answer with a page of Django's engine that has the list as its `reports`."""
    told = {
        "list": listing,
        "search": mark_safe(search_within(listing.request.GET)),
        "reports": mark_safe(section(listing, heading, opened)),
    }
    return render(listing.request, template, told | shown)


def _suggested(listing):
    """The way to what detection alone thinks to be of this list."""
    if not listing.number_suggested:
        return ""
    number = f"{listing.number_suggested:,} more" if listing.count else listing.number_suggested
    noun = "article" if listing.number_suggested == 1 else "articles"
    to = e(listing.asked.setting("suggested", "1"))
    return (
        f'<p class="small suggested"><a href="{to}">{number} {noun}</a> by what a program suggests'
        " of their texts; no editor has confirmed it.</p>\n"
    )


def results(listing):
    if not (listing.number or listing.chosen or listing.errors):
        return f"<div>\n{_section(listing)}</div>"
    is_open = " open" if listing.errors else ""
    chosen = f' <span class="small">({len(listing.chosen)} chosen)</span>' if listing.chosen else ""
    return (
        f'<div class="browse">\n<details class="sheet side"{is_open}><summary>Filters{chosen}'
        f'</summary><div><h2 class="vh">Filters</h2>{listing.groups}<div class="facet">'
        f"<h3>By name, code or day</h3>{filter_form(listing.filterset)}</div></div></details>\n"
        f"{listing.years}\n{_section(listing)}</div>"
    )


def _section(listing):
    told = ""
    if not listing.errors:
        if listing.number:
            told = f"{_tools(listing)}{listing.hits}{_pager(listing)}{_notes(listing)}"
        else:
            told = _nothing(listing)
        told = f"{listing.people}{told}{_formats(listing.request)}"
    return (
        '<section aria-labelledby="results"><h2 id="results" class="vh">Results</h2>\n'
        f"{told}</section>"
    )


def _tools(listing):
    if listing.count < 2:
        return ""
    place, query = listing.page, listing.filterset.query
    told = f"All {listing.count}"
    if not place.is_first:
        told = f"{listing.number} more of {listing.count:,}"
    elif place.next_cursor:
        told = f"The first {listing.number} of {listing.count:,}"
    if query:
        told += f" · {_exactness(listing)}"
    orders = "".join(
        [
            f'<li><a href="{e(listing.asked.setting("order", name))}"'
            f"{_CURRENT * (name == listing.filterset.chosen_order)}>{name.capitalize()}</a></li>"
            for name in ORDERS
            if name != "relevance" or query
        ]
    )
    return (
        f'<div class="tools"><p>{told}</p>\n'
        f'<ul class="row" aria-label="Order">{orders}</ul></div>\n'
    )


_CURRENT = ' aria-current="true"'


def _exactness(listing):
    """The link between a search for every form of the words and one for the words alone."""
    if listing.filterset.query.is_exact:
        return f'<a href="{e(str(listing.asked.without("exact")))}">Every form and spelling</a>'
    return f'<a href="{e(listing.asked.setting("exact", "1"))}">Exactly these words</a>'


_FURTHER = {"newest": "Older articles →", "oldest": "Newer articles →"}


def _pager(listing):
    place = listing.page
    if place.is_first and not place.next_cursor:
        return ""
    back = '<span class="small">More follow</span>'
    if not place.is_first:
        back = f'<a href="{e(str(listing.asked))}">Back to the first page</a>'
    further = '<span class="small">Nothing further</span>'
    if place.next_cursor:
        words = _FURTHER.get(listing.filterset.chosen_order, "More articles →")
        to = e(listing.asked.adding(CURSOR, place.next_cursor))
        further = f'<a class="button" href="{to}" rel="next">{words}</a>'
    return f'<nav class="pager" aria-label="Pages">{back}{further}</nav>\n'


def _notes(listing):
    order, count, ranked = listing.filterset.chosen_order, listing.count, listing.page.ranked
    told = []
    if order == "relevance" and ranked < count:
        told.append(f"The best are looked for among the {ranked:,} of these that were added last.")
    if order == "relevance" and count > MOST_BY_RELEVANCE:
        told.append(
            f"Only the best {MOST_BY_RELEVANCE:,} of {count:,} are ranked. Narrow the search,"
            " or order by date, to see the others."
        )
    if count > 1 and order in ("newest", "oldest"):
        told.append(
            "An article of which only a span of days is known stands at the latest of them; one"
            " without any date comes last."
        )
    return "".join([f'<p class="small">{note}</p>\n' for note in told])


def _formats(request):
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    links = "".join(
        [f'<a href="{e(to + asked)}">{suffix.upper()}</a> ' for suffix, to in formats(request)]
    )
    return f'<p class="row small gap noprint"><span>This list as</span> {links}</p>\n'


# Nothing found, filters chosen, filters not understood


def _nothing(listing):
    if not listing.chosen:
        return "<p>The archive holds no article here yet.</p>\n"
    if listing.meant:
        links = get_text_list([f'<a href="{e(url)}">{e(text)}</a>' for text, url in listing.meant])
        return f'<p class="lede">Did you mean {links}?</p>\n{_less(listing)}'
    return _less(listing)


def _less(listing):
    """What could be left out, and how words are looked for."""
    ways = "".join(
        [f'<li><a href="{e(url)}">without {e(label)}</a></li>' for label, url in listing.chosen]
    )
    told = f"<p>No article meets all of these filters at once. Take one out:</p>\n<ul>{ways}</ul>\n"
    return told + _HOW_WORDS.format(_exactness(listing)) if listing.filterset.query else told


_HOW_WORDS = """\
<div class="small gap narrow"><h3>How words are looked for</h3>
<p>Words are found in every English form: <i>relation</i> finds <i>relations</i>; accents, \
capitals and hyphens do not count. A name of somebody recorded here is found in every spelling \
that is recorded: <i>Jeyhun</i> finds <i>Ceyhun</i> and <i>Джейхун</i>. {}.</p>
<dl class="facts"><dt>peace talks</dt><dd>both words, anywhere in the article</dd>\
<dt>“peace talks”</dt><dd>the words next to one another, in this order</dd>\
<dt>talks -peace</dt><dd>the first word, and nowhere the second</dd>\
<dt>Lachin OR Karabakh</dt><dd>either side will do</dd>\
<dt>headline:talks</dt><dd>in the headline alone</dd></dl>
<p>Everything else is looked for as it stands.</p></div>
"""


def _chips(listing):
    if not listing.chosen:
        return ""
    chips = "".join(
        [
            f'<li><a class="chip on" href="{e(url)}"><span class="vh">Remove: </span>'
            f'<span>{e(label)}</span><span aria-hidden="true">×</span></a></li>'
            for label, url in listing.chosen
        ]
    )
    return (
        f'<ul class="chips" aria-label="Chosen filters">{chips}'
        f'<li><a href="{e(listing.request.path)}">Clear all</a></li></ul>\n'
    )


def _errors(listing):
    told = ""
    for name, label, messages in listing.errors:
        field = "" if name == "order" else f'<a href="#{e(name)}">{e(label)}</a>: '
        told += "".join([f"<li>{field}{e(message)}</li>" for message in messages])
    this, it = ("this", "it") if len(listing.errors) == 1 else ("these", "them")
    return (
        f'<div class="wrong narrow" role="alert"><h2>Put {this} right, or leave {it} out</h2><ul>\n'
        f"{told}\n</ul></div>\n"
    )
