"""On SQLite, changes of several processes and threads come in turn."""

import threading
from types import SimpleNamespace

import pytest

from articles.integrity import sqlite


def an_archive(folder, is_in_memory=False, is_at_work=False):
    return SimpleNamespace(
        settings_dict={"NAME": folder / "archive.sqlite3"},
        in_atomic_block=is_at_work,
        is_in_memory_db=lambda: is_in_memory,
    )


def test_nobody_begins_before_the_one_before_is_done(tmp_path):
    told, has_asked = [], threading.Event()

    def second():
        has_asked.set()
        with sqlite.in_turn(an_archive(tmp_path)):
            told.append("second")

    waiting = threading.Thread(target=second)
    with sqlite.in_turn(an_archive(tmp_path)):
        waiting.start()
        has_asked.wait()
        waiting.join(0.05)
        told.append("first")
    waiting.join()
    assert told == ["first", "second"]


def test_a_fault_gives_the_turn_to_the_next(tmp_path):
    with pytest.raises(ZeroDivisionError), sqlite.in_turn(an_archive(tmp_path)):
        raise ZeroDivisionError
    with sqlite.in_turn(an_archive(tmp_path)):
        pass


@pytest.mark.parametrize("which", [{"is_in_memory": True}, {"is_at_work": True}])
def test_who_is_alone_or_holds_the_lock_already_does_not_wait(tmp_path, which):
    told = []
    with sqlite.in_turn(an_archive(tmp_path)), sqlite.in_turn(an_archive(tmp_path, **which)):
        told.append("at work")
    assert told == ["at work"]
