"""Whether all sites find as much: a peer that answers another question is no measure."""

import json
import re

from . import questions
from .client import Line

COUNTED = (
    *("country", "pair", "rare word", "medium word", "common word", "word and pair"),
    *("person", "source", "nothing"),
)
_NAIVE_COUNT = re.compile(rb"<p>(\d+) articles</p>")


def disagreements(ports, chosen, each=2):
    """Yields a sentence for each question whose counts differ between the sites of `ports`."""
    lines = {name: Line(port) for name, port in ports.items()}
    for kind in COUNTED:
        for question in chosen[kind][:each]:
            counts = {name: _count(name, line, question) for name, line in lines.items()}
            if len(set(counts.values())) > 1:
                told = ", ".join(f"{name} {count}" for name, count in counts.items())
                yield f"{kind}, {questions.of_archive(question)}: {told}"


def _count(name, line, question):
    """How many articles a site finds; where it does not say, the status that it answered."""
    if name == "naive":
        answer = line.get(questions.of_naive(question))
        found = _NAIVE_COUNT.search(answer.body)
        return int(found[1]) if found else f"status {answer.status}"
    if name == "datasette":
        path, _, query = questions.of_datasette(question).partition("?")
        address, key = f"{path}.json?{query}", "filtered_table_rows_count"
    else:
        path, _, query = questions.of_archive(question).partition("?")
        address, key = f"{path.rstrip('/')}.json{query and '?'}{query}", "count"
    answer = line.get(address)
    return json.loads(answer.body)[key] if answer.status == 200 else f"status {answer.status}"
