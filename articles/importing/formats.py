"""Files as records: JSON Lines, and the agency's plain text.

A reader yields (line, data, original): the line on which the record begins, a dict of fields or a
sentence that says why there is none, and the bytes to keep, if the form asks for that.
"""

import json
from collections import Counter
from pathlib import Path

MAX_LINE = 16 * 1024 * 1024  # bytes of one record
_SOURCE = "source:"


class FormatError(ValueError):
    """A file of no known form; its text says what to do."""


def read(path):
    """The records of a file, in the form that its name tells."""
    suffix = Path(path).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return read_json_lines(path)
    if suffix == ".txt":
        return read_plain_text(path)
    raise FormatError(
        f"{path}: name it .jsonl (one JSON record a line) or .txt (the agency's plain text)."
    )


def read_json_lines(path):
    with open(path, "rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield number, f"longer than {MAX_LINE // 1024**2} MB; the rest is not read", None
                return
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, _json_object(line), None


def _json_object(line):
    try:
        data = _decoder.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return f"not UTF-8 at byte {error.start + 1} of the line"
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg} at character {error.pos + 1}"
    except RecursionError:
        return "not a record: nested too deeply"
    except ValueError as error:
        return str(error)
    return data if isinstance(data, dict) else "not a record: a JSON object is asked, {...}"


def _without_repetition(pairs):
    data = dict(pairs)
    if len(data) < len(pairs):
        count = Counter(name for name, _ in pairs)
        repeated = sorted(name for name in count if count[name] > 1)
        raise ValueError(f"a field stands twice: {', '.join(repeated)}")
    return data


_decoder = json.JSONDecoder(object_pairs_hook=_without_repetition)


def read_plain_text(path):
    with open(path, "rb") as file:
        original = file.read(MAX_LINE + 1)
    if len(original) > MAX_LINE:
        yield 1, f"longer than {MAX_LINE // 1024**2} MB", None
        return
    try:
        text = original.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield 1, f"not UTF-8 at byte {error.start + 1}", None
        return
    yield 1, story(text), original


def story(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    if not lines[-1].lower().startswith(_SOURCE):
        return "the last line does not name the source: write “Source: NAME”"
    source = lines[-1][len(_SOURCE) :].strip()
    paragraphs, paragraph = [], []
    for line in [*lines[1:-1], ""]:
        if line.strip():
            paragraph.append(line.rstrip())
        elif paragraph:
            paragraphs.append("\n".join(paragraph))
            paragraph = []
    return {
        "headline": lines[0].strip() if len(lines) > 1 else "",
        "body": "\n\n".join(paragraphs),
        "source": source,
    }
