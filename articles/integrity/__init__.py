"""What holds by itself, whichever route a change comes by: kept by the database, not by Python.

integrity.install()  -> make what is missing; called after every migration
integrity.state()    -> a token that every change of the archive replaces
"""

from .changes import install, state

__all__ = ["install", "state"]
