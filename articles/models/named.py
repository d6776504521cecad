"""Things that bear several names."""

from django.db import models

from articles.names.fold import fold


class NamedQuerySet(models.QuerySet):
    """Of a model whose `folded_names()` tells every name; for tables of hundreds of rows."""

    def named(self, name):
        """Those that bear this name, in any case and spelling."""
        wanted = fold(name)
        return [t for t in self.order_by("pk") if wanted and wanted in t.folded_names()]

    def named_like(self, words):
        """Those that bear a name in which these words stand, in any case and spelling."""
        wanted = fold(words)
        return [
            thing
            for thing in self.order_by("pk")
            if wanted and any(wanted in name for name in thing.folded_names())
        ]
