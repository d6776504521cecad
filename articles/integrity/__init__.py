"""What holds by itself, whichever route a change comes by: kept by the database, not by Python.

`versions.py` tells how a change becomes a version; start there.

integrity.change(by, reason)  -> what is done within is one change, with who and why
integrity.follow()            -> within a change: mentions are where their words are by now
integrity.hold(kind, ids)     -> within a change: nobody else changes these before it ends
integrity.in_bulk()           -> for an import: many changes one after another
integrity.settle()            -> seal what came by SQL
integrity.state()             -> a token that every change of the archive replaces
integrity.position()          -> where the journal ends: whether anybody changed anything
integrity.install()           -> make what is missing; called after every migration
integrity.guards_lifted()     -> for the flush of tests and for a restore alone
"""

from .anchors import follow
from .guards import adopt, guards_lifted, install, state
from .seen import hold
from .versions import change, in_bulk, is_settled, position, settle

__all__ = [
    "adopt",
    "change",
    "follow",
    "guards_lifted",
    "hold",
    "in_bulk",
    "install",
    "is_settled",
    "position",
    "settle",
    "state",
]
