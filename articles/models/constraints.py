"""Rules that the database itself holds, with the same verdict on SQLite and PostgreSQL.

`loaddata`, `update()`, `bulk_create()` and SQL go past forms and `clean()`; SQLite moreover ignores
declared lengths and stores NUL. So lengths, forms of codes and the order of dates are check
constraints, written with functions that both engines have.
"""

from contextlib import nullcontext

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Length, StrIndex, Substr
from django.db.models.lookups import Exact, LessThanOrEqual
from django.db.models.sql import Query

from articles import dates

LOWER, UPPER, DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"

slug_form = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Small letters a-z, digits and single hyphens between them."
)


class CheckConstraint(models.CheckConstraint):
    """Django's, but all of a model's are asked for in one question, compiled once.

    Django compiles each of them anew for each instance, and asks for it in three statements: that
    was more than half of the time that saving a story took.
    """

    def deconstruct(self):
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        _, _, fields = self.compiled(model, connections[using])
        if not {field.name for field in fields}.isdisjoint(exclude or ()):
            return
        if any(hasattr(getattr(instance, f.attname), "resolve_expression") for f in fields):
            super().validate(model, instance, exclude, using)
        elif _verdicts(self, model, instance, using).get(self.name) is False:
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )

    def compiled(self, model, connection):
        """(condition as SQL, its parameters, the fields that it asks for)"""
        compiled = self.__dict__.setdefault("_compiled", {})
        key = model, connection.vendor
        if key not in compiled:
            query = Query(model, alias_cols=False)
            compiler = query.get_compiler(connection=connection)
            condition, params = query.build_where(self.condition).as_sql(compiler, connection)
            names = {name for name, *_ in model._get_expr_references(self.condition)}
            fields = [field for field in model._meta.concrete_fields if field.name in names]
            compiled[key] = condition, list(params), fields
        return compiled[key]


def _verdicts(asked, model, instance, using):
    """{name: whether it holds} of a model's check constraints, `asked` at least; kept with the
    instance as long as its values are the same."""
    rules = [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
    values = [getattr(instance, field.attname) for field in model._meta.concrete_fields]
    given = [list(value) if isinstance(value, list) else value for value in values]
    held = instance.__dict__.get("_verdicts")
    if held and held[0] == given:
        return held[1]
    try:
        instance._verdicts = given, _ask(rules, model, instance, using)
        return instance._verdicts[1]
    except (DatabaseError, ValidationError, TypeError, ValueError):
        pass  # by a value that the form left out, perhaps
    try:
        return _ask([asked], model, instance, using)
    except DatabaseError:  # as in Django: what the database cannot hold, it refuses itself
        return {}


def _ask(rules, model, instance, using):
    connection = connections[using]
    conditions, values, fields = [], [], {}
    for rule in rules:
        condition, params, asked = rule.compiled(model, connection)
        conditions.append(condition)
        values += params
        fields.update(dict.fromkeys(asked))
    columns = []
    for field in fields:
        value = field.get_db_prep_value(getattr(instance, field.attname), connection)
        values.append(value)
        placeholder = _placeholder(field, value, connection)
        columns.append(f"{placeholder} AS {connection.ops.quote_name(field.column)}")
    sql = f"SELECT {', '.join(conditions)} FROM (SELECT {', '.join(columns)}) given"
    # A transaction would wait for whoever writes; within one, PostgreSQL needs a savepoint.
    within = transaction.atomic(using) if connection.in_atomic_block else nullcontext()
    with within, connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchone()
    return {rule.name: found[n] is None or bool(found[n]) for n, rule in enumerate(rules)}


def _placeholder(field, value, connection):
    """Only of a NULL does PostgreSQL not know by itself of what type it is."""
    return f"CAST(%s AS {field.db_type(connection)})" if value is None else "%s"


def _name(field, rule):
    return f"%(app_label)s_%(class)s_{field}_{rule}"


def texts(**limits):
    """For each field: at most so many characters, and no NUL."""
    return [
        CheckConstraint(
            name=_name(field, "text"),
            # SQLite's length() stops at a NUL; PostgreSQL cannot hold one.
            condition=Q(LessThanOrEqual(Length(field), limit))
            & Q(Exact(F(field), Substr(field, 1, Length(field)))),
            violation_error_message=f"{field}: at most {limit} characters, and no NUL.",
        )
        for field, limit in limits.items()
    ]


def numbers(*fields):
    """For each positive integer: what PostgreSQL's `integer` holds; SQLite holds more."""
    return [
        CheckConstraint(
            name=_name(field, "range"),
            condition=Q(**{f"{field}__gte": 0, f"{field}__lte": 2**31 - 1}),
            violation_error_message=f"{field}: a number from 0 to 2,147,483,647.",
        )
        for field in fields
    ]


def lists(limit, *fields):
    """For each JSON list of strings: at most so many characters as JSON, and no NUL."""
    as_text = {field: Cast(field, TextField()) for field in fields}
    return [
        CheckConstraint(
            name=_name(field, "list"),
            condition=Q(LessThanOrEqual(Length(text), limit))
            & Q(Exact(StrIndex(text, Value("\\u0000")), 0))
            & Q(Exact(Substr(text, 1, 1), Value("["))),
            violation_error_message=f"{field}: a list of at most {limit} characters, and no NUL.",
        )
        for field, text in as_text.items()
    ]


def form(field, letters, lengths, message):
    """The field is empty, or made of these letters only and of one of these lengths."""
    only_these = _made_of(F(field), letters)
    of_length = Q()
    for length in lengths:
        of_length |= Q(Exact(Length(field), length))
    return CheckConstraint(
        name=_name(field, "form"),
        condition=Q(**{field: ""}) | (Q(only_these) & of_length),
        violation_error_message=f"{field}: {message}",
    )


def _made_of(expression, letters):
    left = Func(expression, Value(letters), function="LTRIM", output_field=TextField())
    return Exact(left, Value(""))


def slug(field="slug"):
    """Small letters, digits, and single hyphens between them."""
    hyphens = Q(**{f"{field}__startswith": "-"}) | Q(**{f"{field}__endswith": "-"})
    return CheckConstraint(
        name=_name(field, "form"),
        condition=~Q(**{field: ""})
        & Q(_made_of(F(field), LOWER + DIGITS + "-"))
        & ~(hyphens | Q(**{f"{field}__contains": "--"})),
        violation_error_message=f"{field}: small letters a-z, digits and single hyphens.",
    )


def language(field="language"):
    """Empty, or what may be a BCP 47 tag: a letter, then letters, digits and hyphens."""
    return CheckConstraint(
        name=_name(field, "form"),
        condition=Q(**{field: ""})
        | Q(_made_of(Substr(field, 1, 1), LOWER + UPPER))
        & Q(_made_of(F(field), LOWER + UPPER + DIGITS + "-")),
        violation_error_message=f"{field}: a BCP 47 tag, as en or zh-Hant.",
    )


def script(field="script"):
    """Empty, or what may be an ISO 15924 code: a capital and three small letters."""
    return CheckConstraint(
        name=_name(field, "form"),
        condition=Q(**{field: ""})
        | Q(Exact(Length(field), 4))
        & Q(_made_of(Substr(field, 1, 1), UPPER))
        & Q(_made_of(Substr(field, 2), LOWER)),
        violation_error_message=f"{field}: an ISO 15924 code, as Latn or Arab.",
    )


def filled(*fields):
    return [
        CheckConstraint(
            name=_name(field, "filled"),
            condition=~Q(_made_of(F(field), " \t\r\n")),
            violation_error_message=f"{field} cannot be empty.",
        )
        for field in fields
    ]


def web_address(field):
    """Empty, or an address that a page may safely link."""
    schemes = Q(**{f"{field}__startswith": "http://"}) | Q(**{f"{field}__startswith": "https://"})
    return CheckConstraint(
        name=_name(field, "address"),
        condition=Q(**{field: ""}) | schemes,
        violation_error_message=f"{field}: an address that begins with http:// or https://.",
    )


def one_of(field, choices):
    return CheckConstraint(
        name=_name(field, "choice"),
        condition=Q(**{f"{field}__in": list(choices)}),
        violation_error_message=f"{field}: one of {', '.join(str(c) for c in choices)}.",
    )


def in_order(earlier, later, name):
    """The day in `earlier` is not after the day in `later`, where both are known."""
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{name}_order",
        condition=Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__lte": F(later)}),
        violation_error_message=f"{name}: it ends before it begins.",
    )


def bounds(field):
    """An EDTF field's two days are in order, and unknown where nothing is written."""
    earliest, latest = f"{field}_earliest", f"{field}_latest"
    return [
        *texts(**{field: dates.MAX_LENGTH}),
        in_order(earliest, latest, field),
        CheckConstraint(
            name=_name(field, "undated"),
            condition=~Q(**{field: ""})
            | Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True}),
            violation_error_message=f"{field}: no day can be known where no date is written.",
        ),
    ]
