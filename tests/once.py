"""What takes long to make and is the same for all who run tests side by side."""

import fcntl
import os
from contextlib import contextmanager


@contextmanager
def one_at_a_time(tmp_path_factory, name):
    """Yields the path of a file that all workers see; the others wait meanwhile."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each has a folder of its own within that of all
        folder = folder.parent
    with open(folder / f"{name}-lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / name
