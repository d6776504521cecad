"""From figures to tables: what is printed, and what a JSON file keeps."""

import json
import os
import platform
from datetime import date
from pathlib import Path

PEERS = ("datasette", "datasette with facets", "naive", "naive with facets")
_HEAD = (
    *("kind", "p50 ms", "p95 ms", "a second", "bytes", "Datasette", "+ facets", "naive"),
    *("+ facets", "% of const.", "% SQL", "% templ.", "SQL ms", "queries"),
)


def machine():
    """Of what type this computer is, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.machine()
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else ():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, Python {platform.python_version()}"


def about(engine, size):
    return {
        "date": date.today().isoformat(),
        "machine": machine(),
        "engine": engine,
        "articles": size,
    }


def kinds(sites, inside):
    """{kind: figures}: the archive's own, its peers', and how they compare."""
    told = {name: {k: t.figures() for k, t in site.times.items()} for name, site in sites.items()}
    constant = told["constant"]["constant"]
    found = {}
    for kind, own in told["archive"].items():
        peers = {peer: told[peer][kind] for peer in PEERS if kind in told.get(peer, {})}
        found[kind] = {
            "archive": own,
            "peers": peers,
            "ratios": {peer: p["p50"] / own["p50"] for peer, p in peers.items() if "p50" in p},
            "share_of_constant": constant["p50"] / own["p50"],
            "inside": inside.get(kind, {}),
        }
    return {"constant": constant, "kinds": found}


def printed(told):
    """The tables of one run as text."""
    lines = [f"{told['engine']}, {told['articles']:,} articles, {told['date']}, {told['machine']}"]
    lines += ["", *aligned([_HEAD, *[_row(kind, f) for kind, f in told["kinds"].items()]])]
    own = told["constant"]
    lines += ["", f"A constant answer of {own['bytes']:,} bytes: p50 {own['p50']:.3f} ms,"]
    lines[-1] += f" p95 {own['p95']:.3f} ms, {own['per_second']:,.0f} a second."
    if odd := list(_odd(told["kinds"])):
        lines += ["", "Answered otherwise than with 200:", *odd]
    if told["disagreements"]:
        lines += ["", "Found otherwise by others:", *(f"  {d}" for d in told["disagreements"])]
    if any(figures["peers"] for figures in told["kinds"].values()):
        lines += ["", "The peers' p50 in ms (addresses asked; * cut, as time was over):"]
        lines += aligned([("kind", *PEERS), *_peers(told["kinds"])])
    if disk := told.get("disk"):
        lines += ["", _disk(disk)]
    if memory := told.get("memory"):
        lines += [_memory(memory)]
    if built := told.get("built"):
        steps = ", ".join(f"{name} {seconds:,}" for name, seconds in built["seconds"].items())
        lines += [f"Built in seconds: {steps}; with at most {built['peak_mb']:,} MB."]
    return "\n".join(lines)


def _row(kind, figures):
    own, inside = figures["archive"], figures["inside"]
    ratios = [figures["ratios"].get(peer) for peer in PEERS]
    return (
        kind,
        f"{own['p50']:.2f}",
        f"{own['p95']:.2f}",
        f"{own['per_second']:,.0f}",
        f"{own['bytes']:,}",
        *("-" if ratio is None else f"{ratio:,.1f} x" for ratio in ratios),
        f"{figures['share_of_constant'] * 100:.1f}",
        *(f"{inside[name] * 100:.0f}" if inside else "-" for name in ("sql", "templates")),
        *(f"{inside[name]:.2f}" if inside else "-" for name in ("sql_ms",)),
        f"{inside['queries']:.0f}" if inside else "-",
    )


def _odd(kinds):
    for kind, figures in kinds.items():
        usual = 304 if kind == "304" else 200
        for name, told in [("archive", figures["archive"]), *figures["peers"].items()]:
            others = {s: n for s, n in told["statuses"].items() if int(s) != usual}
            if others:
                counts = ", ".join(f"{n} x {status}" for status, n in others.items())
                yield f"  {kind}, {name}: {counts}"


def _peers(kinds):
    for kind, figures in kinds.items():
        cells = []
        for peer in PEERS:
            told = figures["peers"].get(peer)
            star = "*" if told and told["cut"] else ""
            p50 = f"{told['p50']:,.1f}" if told and "p50" in told else "-"
            cells.append(f"{p50} ({told['asked']}{star})" if told else "-")
        yield kind, *cells


def _disk(disk):
    share = disk["reading"] / disk["articles"]
    articles, reading, others = (disk[part] / 1e6 for part in ("articles", "reading", "others"))
    return (
        f"On disk: articles {articles:,.0f} MB, index and read model {reading:,.0f} MB"
        f" ({share:.2f} x), all else {others:,.0f} MB."
    )


def _memory(memory):
    beyond = memory["worker"]["resident"] - memory["bare"]["resident"]
    own = memory["worker"]["own"] - memory["bare"]["own"]
    return (
        f"Memory of the worker: {memory['worker']['resident'] / 1e6:,.0f} MB,"
        f" {beyond / 1e6:,.0f} MB beyond the bare site ({own / 1e6:,.0f} MB but for mapped files)."
    )


def compared(sites, name, figure):
    """{kind: {"p50": {site: ms}, name: figure(p50s)}} of sites that were asked side by side."""
    found = {}
    for kind in next(iter(sites.values())).times:
        p50s = {title: site.times[kind].figures()["p50"] for title, site in sites.items()}
        found[kind] = {"p50": p50s, name: figure(p50s)}
    return found


def printed_comparison(told):
    head, rows = (), []
    for kind, figures in told["kinds"].items():
        p50s, (name, figure) = figures["p50"], list(figures.items())[1]
        head = ("kind", *map(str, p50s), name)
        rows.append((kind, *(f"{p50:.2f}" for p50 in p50s.values()), f"{figure:.2f}"))
    title = f"p50 in ms, {told['engine']}, {told['articles']} articles, {told['date']},"
    return "\n".join([f"{title} {told['machine']}", "", *aligned([head, *rows])])


def aligned(rows):
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells)


def save(path, told):
    path.write_text(json.dumps(told, indent=1))
