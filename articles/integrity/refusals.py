"""Why a backup, a restore or a copy was not made, in words."""


class Refused(Exception):
    """Nothing was changed; the message says why."""

    status = 1


class WrongUsage(Refused):
    """What was asked for makes no sense as it was written."""

    status = 2
