"""Countries: today's states and territories, the former states beside them, unions of states."""

import re
from difflib import get_close_matches

from django.db import models
from django.db.models import Q, UniqueConstraint

from articles.names.fold import fold

from . import constraints
from .fields import BoundField, Dated, EDTFField, StringListField
from .links import address
from .named import NamedQuerySet
from .version import Kept

_WITH_ARTICLE = re.compile(
    r"^(United|Soviet|Democratic Republic|Republic of|Falkland|Holy See)"
    r"|(Islands|Republic|Union|Territory|Territories|Emirates|Antilles|Lands)$"
    r"|^(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines)$"
)


class AmbiguousCode(LookupError):
    """A code or name that several countries bore and none bears today."""

    def __init__(self, code, countries):
        self.code, self.countries = code, list(countries)
        names = " and ".join(f"{c.name} ({c.slug})" for c in self.countries)
        super().__init__(f"“{code}” stood for {names}. Write which one.")


class CountryQuerySet(NamedQuerySet):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def resolve(self, code):
        """The country of a slug, an ISO 3166-1 alpha-2 or alpha-3 code, a COW number or a name.

        A code that two states bore means today's holder, else the one former holder.
        Raises Country.DoesNotExist, or AmbiguousCode naming the former holders.
        """
        code = code.strip()
        upper = code.upper()
        bearing = Q(slug=code.lower())
        if len(code) in (2, 3) and code.isascii() and code.isalpha():
            bearing |= Q(iso_alpha2=upper) | Q(iso_alpha3=upper)
        if code.isascii() and code.isdigit() and len(code) <= 3:
            bearing |= Q(cow_code=int(code))
        candidates = list(self.filter(bearing).order_by("slug")) or self.named(code)
        today = [country for country in candidates if country.is_current]
        chosen = today or candidates
        if not chosen:
            raise self.model.DoesNotExist(code)
        if len(chosen) > 1:
            raise AmbiguousCode(code, chosen)
        return chosen[0]

    def suggestions(self, word, most=3):
        """Countries whose name is near to a word that was not understood, the nearest first."""
        by_name = {name: country for country in self.all() for name in country.folded_names()}
        near = get_close_matches(fold(word), by_name, n=most * 2, cutoff=0.8)
        return list(dict.fromkeys(by_name[name] for name in near))[:most]


class Country(Kept, Dated):
    """A party to relations: a state, a former state, a territory with a code of its own, a union.

    Addressed by slug, since former states and unions have no current code. Codes are unique among
    current entries only: AI was the Afars and Issas before it was Anguilla.
    """

    class Status(models.TextChoices):
        STATE = "state", "state"
        FORMER_STATE = "former-state", "former state"
        TERRITORY = "territory", "territory"
        UNION = "union", "union of states"

    slug = models.CharField(max_length=80, unique=True, validators=[constraints.slug_form])
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=20, choices=Status, default=Status.STATE)
    iso_alpha2 = models.CharField("ISO alpha-2", max_length=2, blank=True, default="")
    iso_alpha3 = models.CharField("ISO alpha-3", max_length=3, blank=True, default="")
    iso_numeric = models.CharField("ISO numeric", max_length=3, blank=True, default="")
    cow_code = models.PositiveSmallIntegerField(
        "COW number", null=True, blank=True, help_text="Correlates of War state number."
    )
    adjectives = StringListField()
    demonyms = StringListField()
    other_names = StringListField()
    valid_from_earliest, valid_from_latest = BoundField(), BoundField()
    valid_from = EDTFField(help_text="EDTF; empty where not recorded.")
    valid_until_earliest, valid_until_latest = BoundField(), BoundField()
    valid_until = EDTFField(help_text="EDTF; empty for a current entry.")
    successors = models.ManyToManyField(
        "self", symmetrical=False, related_name="predecessors", blank=True
    )

    objects = CountryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"
        constraints = [
            *constraints.texts(slug=80, name=100, official_name=200),
            *constraints.filled("name"),
            *constraints.lists(2000, "adjectives", "demonyms", "other_names"),
            constraints.slug(),
            constraints.one_of("status", ["state", "former-state", "territory", "union"]),
            constraints.form("iso_alpha2", constraints.UPPER, [2], "two capital letters."),
            constraints.form("iso_alpha3", constraints.UPPER, [3], "three capital letters."),
            constraints.form("iso_numeric", constraints.DIGITS, [3], "three digits."),
            constraints.CheckConstraint(
                name="articles_country_cow_code_form",
                condition=Q(cow_code__isnull=True) | Q(cow_code__gte=1, cow_code__lte=999),
                violation_error_message="cow_code: a number from 1 to 999.",
            ),
            *constraints.bounds("valid_from"),
            *constraints.bounds("valid_until"),
            constraints.in_order("valid_from_earliest", "valid_until_latest", "validity"),
            *[
                UniqueConstraint(
                    fields=[code],
                    condition=Q(valid_until="") & ~Q(**{code: ""}),
                    name=f"articles_country_{code}_current",
                    violation_error_message=f"{code}: another current country bears this code.",
                )
                for code in ("iso_alpha2", "iso_alpha3", "iso_numeric")
            ],
            UniqueConstraint(
                fields=["cow_code"],
                condition=Q(valid_until="", cow_code__isnull=False),
                name="articles_country_cow_code_current",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address("country", self.slug)

    def natural_key(self):
        return (self.slug,)

    @property
    def is_current(self):
        return not self.valid_until

    @property
    def in_a_sentence(self):
        """ "the Netherlands", "Iran": the name as English puts it in a sentence."""
        return f"the {self.name}" if _WITH_ARTICLE.search(self.name) else self.name

    def folded_names(self):
        return {fold(name) for name in [self.name, self.official_name, *self.other_names] if name}
