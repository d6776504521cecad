"""How the site is served; gunicorn reads this file by its name."""

import ctypes
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from diplomacy_archive import env  # noqa: E402

wsgi_app = "diplomacy_archive.wsgi:application"
chdir = str(Path(__file__).parent)
# This computer only: a public site stands behind a proxy that speaks HTTPS.
bind = f"127.0.0.1:{env.integer('PORT', default=8000, minimum=1, maximum=65535)}"

# Few writers suit SQLite: with 8 editors saving all the time, 95 % of saves end within 394 ms.
# (tests/bench/editors.py)
workers = 2
worker_class = "gthread"
threads = 4

# The longest first line: the guard at our door answers anything over 4,000 bytes in our words.
limit_request_line = 8190

timeout = 60
# On SIGTERM running requests are finished; SQLite may wait 30 seconds for its lock.
graceful_timeout = 35

# No socket for `gunicornc` in the user's home: two archives would share it.
control_socket_disable = True

accesslog = "-"
# Who, what, answer, size, seconds. Which page and browser a reader came from is not ours to keep.
access_log_format = '%(h)s "%(r)s" %(s)s %(b)s %(L)s'


def post_worker_init(worker):
    """Read the catalogue before the first reader asks: of a million articles it takes seconds."""
    if worker.app.app_uri != wsgi_app:  # another site, measured beside it: tests/bench
        return

    from django.db import DatabaseError, connection

    from articles import directory

    with lean_memory():
        try:
            directory.current().held  # noqa: B018
        except DatabaseError:
            worker.log.warning("The archive cannot be read yet; /readyz tells when it can.")
        finally:
            connection.close()


@contextmanager
def lean_memory():
    """Where the C library is glibc: large arrays go back to the system when they are freed, now and
    later; and at the end whatever else was needed in between. It would be kept for good."""
    libc = ctypes.CDLL(None)
    is_glibc = hasattr(libc, "mallopt")
    for parameter, value in _MALLOC.items() if is_glibc else ():
        libc.mallopt(parameter, value)
    yield
    if is_glibc:
        libc.malloc_trim(0)


# Of malloc.h: M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX (threads share what they hold).
_MALLOC = {-1: 4 << 20, -3: 1 << 20, -8: 1}
