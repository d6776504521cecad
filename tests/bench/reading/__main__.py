"""How fast pages are read, beside Datasette and a naive Django site on the same rows, in one run.

    .venv/bin/python -m tests.bench.reading            on SQLite (`make bench`)
    --articles 1000000     how many (BENCH=1000000 make bench)
    --engine postgresql    on a server of its own, kept in var/bench (ENGINE=postgresql make bench)
    --asked 200            addresses a kind; of each slow peer 15, within ten minutes in all
    --no-peers             the archive and the constant answer alone
    --growth 200000 1000000    two sizes side by side, and the exponent of growth a kind
    --twins                both engines side by side, and their ratio
    --anew                 build the archive again, though it is there
    --reindex              make its index anew

Archives are kept in var/bench, the figures in var/bench/reading-<engine>-<articles>.json.
docs/performance.md tells what the columns mean.
"""

import argparse
import json
import math
import os
import re
import signal
import sys
from contextlib import ExitStack
from functools import partial
from urllib.parse import parse_qs, urlsplit

from . import questions, rows, servers, table
from .agreement import disagreements
from .client import Budget, Line, Site, ask_in_turn
from .corpus import VERSION
from .places import place_for
from .servers import FOLDER, HERE, run

WARM = 5  # addresses a kind that are asked before the count begins
HEAVY = ("front", "deep page")  # of a peer with facets: it counts the whole archive
LOOKED_INTO = 20  # addresses a kind of which the share of SQL and templates is taken


def main():
    asked = options()
    # Ended from outside, it still stops its servers: SystemExit runs what is in `finally`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    FOLDER.mkdir(parents=True, exist_ok=True)
    if asked.twins:
        measure_twins(asked)
        return
    for engine in asked.engine:
        with place_for(engine) as place:
            if asked.growth:
                measure_growth(place, asked)
            else:
                measure(place, asked.articles, asked)


def options():
    parser = argparse.ArgumentParser(
        "make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    size, engines = os.environ.get("BENCH") or 100_000, os.environ.get("ENGINE") or "sqlite"
    parser.add_argument("--articles", type=int, default=int(size))
    parser.add_argument(
        "--engine", nargs="+", choices=["sqlite", "postgresql"], default=engines.split()
    )
    parser.add_argument("--asked", type=int, default=200)
    parser.add_argument("--peers-asked", type=int, default=15)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--growth", type=int, nargs="*", metavar="ARTICLES")
    parser.add_argument("--twins", action="store_true")
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--reindex", action="store_true")
    asked = parser.parse_args()
    if asked.growth is not None:
        asked.growth = asked.growth or [200_000, 1_000_000]
        if len(asked.growth) != 2:
            parser.error("--growth takes two sizes")
    return asked


# What is there before anybody asks


def rows_of(size):
    path = FOLDER / f"rows-v{VERSION}-{size}" / "rows.sqlite3"
    if not path.exists():
        say(f"A corpus of {size:,} articles ...")
        path.parent.mkdir(exist_ok=True)
        rows.write(path, size)
    return path


def archive_of(place, size, asked):
    """(URL, what building took, see `archive`); ready to be served."""
    name = f"archive-v{VERSION}-{size}"
    kept = FOLDER / f"{name}-{place.engine}.json"
    if asked.anew:
        place.drop(name)

    def build(url):
        say(f"An archive of {size:,} articles on {place.engine} ...")
        path = [rows_of(size)] if size else []
        kept.write_text(run("-m", f"{HERE}.archive", *path, DATABASE_URL=url))

    url = place.made(name, build)
    run("manage.py", "migrate", "--verbosity", "0", DATABASE_URL=url)
    run("manage.py", "rebuild_search", *[] if asked.reindex else ["--if-stale"], DATABASE_URL=url)
    run("manage.py", "collectstatic", "--noinput", "--verbosity", "0", DATABASE_URL=url)
    return url, json.loads(kept.read_text())


def naive_of(place, size):
    def build(url):
        say(f"The naive site of {size:,} articles on {place.engine} ...")
        run("-m", f"{HERE}.naive.fill", rows_of(size), DATABASE_URL=url)

    return place.made(f"naive-v{VERSION}-{size}", build)


# One size, beside the peers


def measure(place, size, asked):
    path = rows_of(size)
    url, built = archive_of(place, size, asked)
    bare = memory_of_the_bare_site(place, asked)
    chosen = questions.Chooser(path, asked.asked + WARM).questions()
    with ExitStack() as stack:
        peers = {}
        if not asked.no_peers:
            servers.install_peers()
            naive = naive_of(place, size)
            place.warm(f"naive-v{VERSION}-{size}")
            peers["datasette"] = stack.enter_context(servers.datasette(path))
            peers["naive"] = stack.enter_context(servers.naive(naive))
        place.warm(f"archive-v{VERSION}-{size}")
        constant = stack.enter_context(servers.constant())
        server = stack.enter_context(servers.archive(url))
        ports = {name: served.port for name, served in [("archive", server), *peers.items()]}
        differing = list(disagreements(ports, chosen))
        own = archive_site(server, chosen)
        sites = [own, Site("constant", constant.port, {"constant": ["/"] * asked.asked})]
        budget = Budget(asked.minutes * 60, len(peers) * 2 * len(chosen))
        for name, peer in reversed(peers.items()):
            sites += peer_sites(name, peer, chosen, asked.peers_asked, budget)
        say(f"{asked.asked} addresses of each of {len(own.addresses)} kinds ...")
        ask_in_turn(sites, asked.asked)
        worker = servers.memory_of_worker(server)
    sample = {kind: addresses[:LOOKED_INTO] for kind, addresses in own.addresses.items()}
    inside = json.loads(run("-m", f"{HERE}.inside", given=json.dumps(sample), DATABASE_URL=url))
    told = {
        **table.about(place.engine, size),
        **table.kinds({site.name: site for site in sites}, inside),
        "disk": json.loads(run("-m", f"{HERE}.disk", DATABASE_URL=url)),
        "memory": {"bare": bare, "worker": worker},
        "built": built,
        "disagreements": differing,
        "datasette": servers.DATASETTE_SETTINGS,
    }
    table.save(FOLDER / f"reading-{place.engine}-{size}.json", told)
    print(table.printed(told))


def archive_site(server, chosen, name="archive"):
    """The Site of an archive, already warm; what warmed it is not asked again."""
    line = Line(server.port)
    addresses = {
        kind: [questions.of_archive(question) for question in found]
        for kind, found in chosen.items()
        if kind != "deep page"
    }
    addresses["deep page"] = deep_pages(line, chosen["deep page"])
    Site(name, server.port, addresses).warm(WARM)
    return Site(name, server.port, {kind: found[WARM:] for kind, found in addresses.items()})


def deep_pages(line, chosen):
    """Cursors are the archive's own: each is taken from the list up to the day of the question."""
    found = []
    for question in chosen:
        answer = line.get(f"/articles/?until={question.day}")
        cursor = re.search(rb'href="([^"]*[?&;]cursor=[^"]*)"', answer.body)
        if cursor:
            query = urlsplit(cursor[1].decode().replace("&amp;", "&")).query
            found.append(questions.of_archive(question, parse_qs(query)["cursor"][0]))
    return found


def peer_sites(name, server, chosen, most, budget):
    """A peer without facets and with them, of the kinds for which it has a page."""
    address = questions.of_datasette if name == "datasette" else questions.of_naive
    for facets, title in ((False, name), (True, f"{name} with facets")):
        addresses = {
            kind: [address(question, facets) for question in found[WARM:]]
            for kind, found in chosen.items()
        }
        has = {kind: found for kind, found in addresses.items() if None not in found}
        yield Site(title, server.port, has, most, budget, HEAVY if facets else ())


def memory_of_the_bare_site(place, asked):
    """Of a worker that serves an empty archive."""
    url, _ = archive_of(place, 0, asked)
    with servers.archive(url, "bare") as server:
        line = Line(server.port)
        for number in range(20):
            line.get(f"/?reader={number}")
            line.get(f"/articles/?reader={number}")
        return servers.memory_of_worker(server)


# Two archives side by side


def measure_growth(place, asked):
    small, large = asked.growth
    sites = side_by_side({size: (place, size) for size in asked.growth}, asked)

    def exponent(p50s):
        return math.log(p50s[large] / p50s[small]) / math.log(large / small)

    told = {
        **table.about(place.engine, asked.growth),
        "kinds": table.compared(sites, "exponent", exponent),
    }
    table.save(FOLDER / f"growth-{place.engine}-{small}-{large}.json", told)
    print(table.printed_comparison(told))


def measure_twins(asked):
    with place_for("sqlite") as first, place_for("postgresql") as second:
        twins = {place.engine: (place, asked.articles) for place in (first, second)}
        sites = side_by_side(twins, asked)
    told = {
        **table.about(" and ".join(twins), asked.articles),
        "kinds": table.compared(sites, "ratio", lambda p50s: p50s["postgresql"] / p50s["sqlite"]),
    }
    table.save(FOLDER / f"twins-{asked.articles}.json", told)
    print(table.printed_comparison(told))


def side_by_side(archives, asked):
    """{name: its Site, asked by turns} for archives {name: (place, size)}"""
    sites = {}
    with ExitStack() as stack:
        for name, (place, size) in archives.items():
            url, _ = archive_of(place, size, asked)
            place.warm(f"archive-v{VERSION}-{size}")
            server = stack.enter_context(servers.archive(url, f"archive-{name}"))
            chosen = questions.Chooser(rows_of(size), asked.asked + WARM).questions()
            sites[name] = archive_site(server, chosen, str(name))
        ask_in_turn(sites.values(), asked.asked)
    return sites


say = partial(print, file=sys.stderr, flush=True)

if __name__ == "__main__":
    main()
