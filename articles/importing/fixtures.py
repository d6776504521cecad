"""Fixtures read as Django reads them, but without asking the database for each name in them.

Django looks up every natural key of every entry, four queries an entry of people.json. Here what
the keys stand for is read once a file, and an entry that says what the archive holds already is
not written again. What is not found in this memory goes Django's own way.
The settings name this module for JSON (SERIALIZATION_MODULES).
"""

from functools import cache

from django.core.serializers.base import DeserializedObject
from django.core.serializers.json import Deserializer as JSONDeserializer
from django.core.serializers.json import Serializer
from django.db.models import ForeignKey

from articles.models import Country, Membership, OtherName, Person, Post, Source, Topic
from articles.names.fold import fold

__all__ = ["Deserializer", "Serializer"]

# Whose entries are compared with all rows: the model, and the columns of its natural key.
_KEYS = {
    Post: ("slug",),
    Person: ("slug",),
    OtherName: ("person_id", "name", "kind"),
    Membership: ("person_id", "post_id", "started"),
}
_BY_SLUG = (Country, Topic, Source, Person, Post)


class _AsItStands(DeserializedObject):
    """An entry that the archive holds already, word for word."""

    def save(self, *args, **kwargs):
        self.m2m_data = None


class Deserializer(JSONDeserializer):
    """One file; what is saved while it is read is remembered too."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._ids = {}  # model -> {slug: id}
        self._rows = {}  # model -> {natural key: the values of all columns}

    def _handle_object(self, entry):
        thing = self._plain_thing(entry)
        if thing is None:
            found = super()._handle_object(entry)
        elif self._rows_of(type(thing)).get(_key(thing)) == _values(thing):
            found = [_AsItStands(thing)]
        else:
            found = [DeserializedObject(thing, {})]
        for deserialized in found:
            yield deserialized
            self._remember(deserialized.object)

    def _plain_thing(self, entry):
        """The instance of an entry of _KEYS, with the id that it has; None where Django must see.

        That is so of everything out of the ordinary, which Django refuses in its own words.
        """
        try:
            model = self._get_model_from_node(entry["model"])
            if model not in _KEYS or set(entry) != {"model", "fields"} or self.ignorenonexistent:
                return None
            thing = model(**self._plain_values(model, entry["fields"]))
            held = self._rows_of(model).get(_key(thing))
        except Exception:
            return None
        if isinstance(thing, Person) and held and held[_column(Person, "merged_into_id")]:
            return None
        if hasattr(thing, "folded_name"):
            thing.folded_name = fold(thing.name)[:300]
        thing._state.db = self.using
        thing.pk = held and held[_column(model, model._meta.pk.attname)]
        return thing

    def _plain_values(self, model, fields):
        values = {}
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if isinstance(field, ForeignKey) and value is not None:
                values[field.attname] = self._id(field.remote_field.model, value)
                if values[field.attname] is None:
                    raise LookupError(name)
            else:
                values[field.name] = field.to_python(value)
        return values

    def _remember(self, thing):
        model = type(thing)
        if thing.pk and model in self._ids:
            self._ids[model][thing.slug] = thing.pk
        if thing.pk and model in self._rows:
            self._rows[model][_key(thing)] = _values(thing)

    # Instead of a query each

    def _handle_fk_field_node(self, field, value):
        return self._id(field.remote_field.model, value) or super()._handle_fk_field_node(
            field, value
        )

    def _handle_m2m_field_node(self, field, values):
        if isinstance(values, list):
            ids = [self._id(field.remote_field.model, value) for value in values]
            if all(ids):
                return ids
        return super()._handle_m2m_field_node(field, values)

    def _id(self, model, natural_key):
        """None where it must be looked up: of another kind, not there, merged into another."""
        if model not in _BY_SLUG or not isinstance(natural_key, list) or len(natural_key) != 1:
            return None
        if model not in self._ids:
            things = model._base_manager.using(self.using)
            if model is Person:
                things = things.filter(merged_into=None)
            self._ids[model] = dict(things.values_list("slug", "pk"))
        (slug,) = natural_key
        return self._ids[model].get(slug) if isinstance(slug, str) else None

    def _rows_of(self, model):
        if model not in self._rows:
            columns = _columns(model)
            places = [_column(model, name) for name in _KEYS[model]]
            rows = model._base_manager.using(self.using).values_list(*columns)
            self._rows[model] = {tuple(row[place] for place in places): row for row in rows}
        return self._rows[model]


def _column(model, name):
    return _columns(model).index(name)


@cache
def _columns(model):
    return [field.attname for field in model._meta.concrete_fields]


def _key(thing):
    return tuple(getattr(thing, name) for name in _KEYS[type(thing)])


def _values(thing):
    return tuple(getattr(thing, name) for name in _columns(type(thing)))
