"""Duplicates: what was merged into another leads to that one, for good and by every chain."""


class Mergeable:
    """A model with `merged_into`, of which `merged` is the other way."""

    @property
    def end_of_merger(self):
        """What it was merged into at last, itself if into nothing; None where that is a circle."""
        found, passed = self, set()
        while found.merged_into_id:
            passed.add(found.pk)
            if found.merged_into_id in passed:  # by SQL alone; nobody is led round and round
                return None
            found = found.merged_into
        return found

    @property
    def all_merged(self):
        """Whatever was merged into it, also by way of another. One query a link of the chain."""
        found, latest = {}, [self.pk]
        while latest:
            merged = type(self).objects.filter(merged_into__in=latest).order_by("pk")
            fresh = [thing for thing in merged if thing.pk not in {self.pk, *found}]
            found |= {thing.pk: thing for thing in fresh}
            latest = [thing.pk for thing in fresh]
        return list(found.values())
