"""manage.py office_coverage [--country SLUG] [--json]"""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from articles.coverage import coverage
from articles.models import Country
from articles.models.country import AmbiguousCode


class Command(BaseCommand):
    help = (
        "For which years the archive knows heads of state, heads of government and foreign"
        " ministers, by country; the gaps between them, and the terms without a recorded end."
    )

    def add_arguments(self, parser):
        parser.add_argument("--country", help="one country, by slug or ISO code")
        parser.add_argument("--json", action="store_true", help="all of it, as JSON")

    def handle(self, *, country, **options):
        found = coverage(self._country(country) if country else None)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(each) for each in found], indent=1, default=str))
            return
        for each in found:
            self._tell(each)
        gaps = sum(len(each.gaps) for each in found)
        unknown = sum(len(each.unknown) for each in found)
        countries = len({each.country for each in found})
        terms = sum(each.terms for each in found)
        self.stdout.write(
            f"{countries} countries, {terms} terms: {gaps} gaps, {unknown} terms without an end"
        )

    @staticmethod
    def _country(text):
        try:
            return Country.objects.resolve(text)
        except AmbiguousCode as error:
            raise CommandError(str(error), returncode=2) from None
        except Country.DoesNotExist:
            told = ascii(text[:100])
            raise CommandError(f"No country has the slug or code {told}.", returncode=2) from None

    def _tell(self, each):
        years = ", ".join(f"{a}-{b}" if a != b else str(a) for a, b in each.years) or "none"
        self.stdout.write(f"{each.country:28} {each.role:18} {each.terms:4} terms  {years}")
        for first, last in each.gaps:
            self.stdout.write(f"    nobody recorded from {first} to {last}")
        for person, post, started in each.unknown:
            self.stdout.write(f"    no end: {person}, {post}, from {started or 'an unknown day'}")
