"""A form is told by the database's own rules what the database would refuse; as by Django's
check constraints, in a fraction of the time."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Event
from articles.models.constraints import CheckConstraint
from tests.make import make_article, make_country

pytestmark = pytest.mark.django_db

RULES = [
    (model, rule)
    for model in apps.get_app_config("articles").get_models()
    for rule in model._meta.constraints
    if isinstance(rule, CheckConstraint)
]
WORDS = st.sampled_from(
    ["", " ", "-", "a", "a--b", "iran", "IR", "IRN", "364", "Latn", "http://a.b", "draft", "merged",
     "published", "2023", "ə" * 101, "x" * 501, "x" * 2001, "\n", "a\0b", "%s", "100 %", "é"]
)  # fmt: skip
DAYS = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
NUMBERS = st.none() | st.integers(-2, 2**31 + 1)


def value_for(field):
    if isinstance(field, models.DateField):
        return DAYS
    if isinstance(field, models.JSONField):
        return st.lists(WORDS, max_size=3)
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return NUMBERS
    return WORDS


def verdict(validate, *arguments, **options):
    try:
        validate(*arguments, **options)
    except ValidationError as error:
        return error.messages
    return None


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(("model", "rule"), RULES, ids=[rule.name for _, rule in RULES])
@given(data=st.data())
def test_the_verdict_is_that_of_djangos_own_validation(model, rule, data):
    thing = model()
    for name in {name for name, *_ in model._get_expr_references(rule.condition)}:
        field = model._meta.get_field(name)
        # Past the fields' own ways, which would set the days of a date anew.
        thing.__dict__[field.attname] = data.draw(value_for(field), label=name)
    ours = verdict(rule.validate, model, thing)
    assert ours == verdict(models.CheckConstraint.validate, rule, model, thing)


def test_every_rule_of_a_story_is_asked_for_and_each_that_fails_is_named():
    story = make_article()
    story.headline, story.language, story.url = "x" * 501, "-", "javascript:alert(1)"
    with pytest.raises(ValidationError) as refused:
        story.validate_constraints()
    for name in ["headline: at most 500", "language: a BCP 47", "url: an address"]:
        assert any(message.startswith(name) for message in refused.value.messages), name


def test_a_list_that_grew_since_it_was_judged_is_judged_anew():
    country = make_country("Iran")
    country.other_names.append("Persia")
    assert verdict(country.validate_constraints) is None
    country.other_names.append("x" * 3000)
    assert verdict(country.validate_constraints)


def test_what_a_form_leaves_out_is_not_judged():
    story = make_article()
    story.language = "-"
    assert verdict(story.validate_constraints)
    assert verdict(story.validate_constraints, exclude=["language"]) is None


def test_a_value_that_the_database_is_to_work_out_is_left_to_it():
    story = make_article()
    story.headline = F("summary")
    assert verdict(story.validate_constraints) is None


def test_a_migration_knows_it_as_djangos():
    path, _, kwargs = Event._meta.constraints[0].deconstruct()
    assert path == "django.db.models.CheckConstraint"
    assert set(kwargs) >= {"name", "condition"}
