"""Read environment variables, or say by name which one is wrong.

An empty variable counts as one that is not set. Every refusal is an
ImproperlyConfigured that names the variable, its value and what is accepted.
"""

import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")


def text(name, default=""):
    return os.environ.get(name, "").strip() or default


def boolean(name, default=False):
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE + FALSE:
        return value in TRUE
    raise refusal(name, text(name), f"one of {', '.join(TRUE)} or {', '.join(FALSE)}")


def integer(name, default, minimum, maximum):
    value = text(name)
    if not value:
        return default
    # isdecimal: int() would also take "1_000" and "+8".
    if value.isascii() and value.isdecimal() and minimum <= int(value) <= maximum:
        return int(value)
    raise refusal(name, value, f"a whole number from {minimum} to {maximum}")


def items(name, default=()):
    """A list written with commas: `a.example, b.example`."""
    return [item.strip() for item in text(name).split(",") if item.strip()] or list(default)


def url(name, default, schemes):
    value = text(name, default)
    accepted = "a URL that begins with " + " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError unless it is a number up to 65535
    except ValueError as error:
        raise refusal(name, value, accepted) from error
    if parts.scheme not in schemes or "://" not in value:
        raise refusal(name, value, accepted)
    return value


def secret(name, kept_in):
    """The variable, or else a random key made once and kept in a file that only its owner reads."""
    if value := text(name):
        return value
    path = Path(kept_in)
    if not path.exists():
        _keep_new_secret(path)
    kept = path.read_text().strip()
    if len(kept) < 50:
        raise ImproperlyConfigured(
            f"{path} should hold a key of at least 50 characters: delete it, and a new one is made"
            f" (everybody is then logged out), or set {name}."
        )
    return kept


def _keep_new_secret(path):
    # Written whole beside its place and then linked: of two processes that start at once, the
    # second finds the first one's key and never half of it. mkstemp makes files of mode 0600.
    handle, draft = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(60) + "\n")
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def refusal(name, value, accepted):
    # A URL's password does not belong in a log.
    shown = re.sub(r"//[^/]*@", "//***@", value)
    return ImproperlyConfigured(f"{name}={shown!r} is not accepted. It should be {accepted}.")
