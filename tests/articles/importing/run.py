"""Files to import, and `manage.py import_articles` as a user sees it: status, output, summary."""

import json
from dataclasses import dataclass
from io import StringIO

from django.core.management import CommandError, call_command


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def summary(self):
        """The last line that the user reads."""
        return (self.out.strip() or self.err.strip()).splitlines()[-1]

    @property
    def problems(self):
        """[(file name, line, field, reason)] as they are told."""
        told = []
        for line in self.err.splitlines():
            place, _, rest = line.partition(": ")
            name, _, number = place.rpartition(":")
            if number.isdigit():
                field, _, reason = rest.partition(": ")
                told.append((name.rpartition("/")[2], int(number), field, reason))
        return told


def import_articles(*arguments):
    out, err = StringIO(), StringIO()
    status = 0
    try:
        call_command("import_articles", *map(str, arguments), stdout=out, stderr=err)
    except CommandError as error:
        status = error.returncode
        err.write(f"{error}\n")
    except SystemExit as error:
        status = error.code
    return Result(status, out.getvalue(), err.getvalue())


def record(**fields):
    """A good record; what is None is left out."""
    data = {
        "import_ref": "n-1",
        "headline": "Ministers meet in Baku",
        "body": "They met on Sunday.\n\nThey spoke of trade.",
        "source": "Test Agency",
    } | fields
    return {name: value for name, value in data.items() if value is not None}


def write_lines(path, *records):
    """A JSON Lines file; a record may be a dict, or the bytes of a line as they are."""
    lines = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path
