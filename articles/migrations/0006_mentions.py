"""What texts name: suggestions of detection, and what editors said of them.

Mention comes last: once it is there, triggers are made that speak of the other two.

Names are folded anew, as the folding knows more letters than before.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from articles.names.fold import fold

SEE = ("view_mention", "view_suggestion")
SAY = ("add_mention", "change_mention", "change_suggestion")
GROUPS = {"Contributors": SEE, "Editors": SEE + SAY, "Chiefs": SEE + SAY}


def allow_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    using = schema_editor.connection.alias
    for name, codenames in GROUPS.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        for codename in codenames:
            verb, noun = codename.split("_")
            kind, _ = ContentType.objects.using(using).get_or_create(
                app_label="articles", model=noun
            )
            made, _ = Permission.objects.using(using).get_or_create(
                content_type=kind, codename=codename, defaults={"name": f"Can {verb} {noun}"}
            )
            group.permissions.add(made)


def fold_again(apps, schema_editor):
    using = schema_editor.connection.alias
    for name in ("Person", "OtherName"):
        rows = apps.get_model("articles", name).objects.using(using)
        for pk, written, folded in list(rows.values_list("pk", "name", "folded_name")):
            if (now := fold(written)[:300]) != folded:
                rows.filter(pk=pk).update(folded_name=now)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_redaction'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='reading', serialize=False, to='articles.article')),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('name', 'name'), ('adjective', 'adjective'), ('demonym', 'people of a country'), ('capital', 'capital standing for a government'), ('office', 'office standing for its holder')], max_length=10)),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('times', models.PositiveIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='articles.article')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='articles.country')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='articles.person')),
            ],
            options={
                'ordering': ['article', 'start', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 300), django.db.models.lookups.Exact(models.F('text'), django.db.models.functions.text.Substr('text', 1, django.db.models.functions.text.Length('text')))), name='articles_suggestion_text_text', violation_error_message='text: at most 300 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('why'), 200), django.db.models.lookups.Exact(models.F('why'), django.db.models.functions.text.Substr('why', 1, django.db.models.functions.text.Length('why')))), name='articles_suggestion_why_text', violation_error_message='why: at most 200 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(('start__gte', 0), ('start__lte', 2147483647)), name='articles_suggestion_start_range', violation_error_message='start: a number from 0 to 2,147,483,647.'), models.CheckConstraint(condition=models.Q(('end__gte', 0), ('end__lte', 2147483647)), name='articles_suggestion_end_range', violation_error_message='end: a number from 0 to 2,147,483,647.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('text'), models.Value(' \t\r\n'), function='LTRIM', output_field=models.TextField()), models.Value('')), _negated=True), name='articles_suggestion_text_filled', violation_error_message='text cannot be empty.'), models.CheckConstraint(condition=models.Q(('kind__in', ['name', 'adjective', 'demonym', 'capital', 'office'])), name='articles_suggestion_kind_choice', violation_error_message='kind: one of name, adjective, demonym, capital, office.'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='articles_suggestion_offsets_order', violation_error_message='The words end after they begin.'), models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', False), ('person__isnull', True)), models.Q(('country__isnull', True), ('person__isnull', False)), _connector='OR'), name='articles_suggestion_one_named', violation_error_message='Words name one country, or one person.'), models.CheckConstraint(condition=models.Q(('times__gte', 0), ('times__lte', 2147483647)), name='articles_suggestion_times_range', violation_error_message='times: a number from 0 to 2,147,483,647.')],
            },
        ),
        migrations.CreateModel(
            name='Mention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('name', 'name'), ('adjective', 'adjective'), ('demonym', 'people of a country'), ('capital', 'capital standing for a government'), ('office', 'office standing for its holder')], max_length=10)),
                ('why', models.CharField(blank=True, default='', max_length=200)),
                ('target', models.CharField(help_text='The slug of what is named.', max_length=120)),
                ('status', models.CharField(choices=[('confirmed', 'confirmed'), ('rejected', 'rejected')], max_length=10)),
                ('said_by', models.CharField(help_text='Who said so.', max_length=150)),
                ('is_lost', models.BooleanField(default=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='articles.article')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='articles.country')),
                ('person', models.ForeignKey(blank=True, limit_choices_to={'merged_into': None}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='articles.person')),
            ],
            options={
                'ordering': ['article', 'start', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('text'), 300), django.db.models.lookups.Exact(models.F('text'), django.db.models.functions.text.Substr('text', 1, django.db.models.functions.text.Length('text')))), name='articles_mention_text_text', violation_error_message='text: at most 300 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('why'), 200), django.db.models.lookups.Exact(models.F('why'), django.db.models.functions.text.Substr('why', 1, django.db.models.functions.text.Length('why')))), name='articles_mention_why_text', violation_error_message='why: at most 200 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(('start__gte', 0), ('start__lte', 2147483647)), name='articles_mention_start_range', violation_error_message='start: a number from 0 to 2,147,483,647.'), models.CheckConstraint(condition=models.Q(('end__gte', 0), ('end__lte', 2147483647)), name='articles_mention_end_range', violation_error_message='end: a number from 0 to 2,147,483,647.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('text'), models.Value(' \t\r\n'), function='LTRIM', output_field=models.TextField()), models.Value('')), _negated=True), name='articles_mention_text_filled', violation_error_message='text cannot be empty.'), models.CheckConstraint(condition=models.Q(('kind__in', ['name', 'adjective', 'demonym', 'capital', 'office'])), name='articles_mention_kind_choice', violation_error_message='kind: one of name, adjective, demonym, capital, office.'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='articles_mention_offsets_order', violation_error_message='The words end after they begin.'), models.CheckConstraint(condition=models.Q(models.Q(('country__isnull', False), ('person__isnull', True)), models.Q(('country__isnull', True), ('person__isnull', False)), _connector='OR'), name='articles_mention_one_named', violation_error_message='Words name one country, or one person.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('target'), 120), django.db.models.lookups.Exact(models.F('target'), django.db.models.functions.text.Substr('target', 1, django.db.models.functions.text.Length('target')))), name='articles_mention_target_text', violation_error_message='target: at most 120 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('said_by'), 150), django.db.models.lookups.Exact(models.F('said_by'), django.db.models.functions.text.Substr('said_by', 1, django.db.models.functions.text.Length('said_by')))), name='articles_mention_said_by_text', violation_error_message='said_by: at most 150 characters, and no NUL.'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.Func(models.F('said_by'), models.Value(' \t\r\n'), function='LTRIM', output_field=models.TextField()), models.Value('')), _negated=True), name='articles_mention_said_by_filled', violation_error_message='said_by cannot be empty.'), models.CheckConstraint(condition=models.Q(models.Q(('target', ''), _negated=True), django.db.models.lookups.Exact(models.Func(models.F('target'), models.Value('abcdefghijklmnopqrstuvwxyz0123456789-'), function='LTRIM', output_field=models.TextField()), models.Value('')), models.Q(('target__startswith', '-'), ('target__endswith', '-'), ('target__contains', '--'), _connector='OR', _negated=True)), name='articles_mention_target_form', violation_error_message='target: small letters a-z, digits and single hyphens.'), models.CheckConstraint(condition=models.Q(('status__in', ['confirmed', 'rejected'])), name='articles_mention_status_choice', violation_error_message='status: one of confirmed, rejected.'), models.UniqueConstraint(condition=models.Q(('is_lost', False)), fields=('article', 'start', 'end', 'country'), name='articles_mention_once_country', violation_error_message='Of these words that was said already.'), models.UniqueConstraint(condition=models.Q(('is_lost', False)), fields=('article', 'start', 'end', 'person'), name='articles_mention_once_person', violation_error_message='Of these words that was said already.')],
            },
        ),
        migrations.RunPython(allow_groups, migrations.RunPython.noop),
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
