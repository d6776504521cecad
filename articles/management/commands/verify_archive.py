"""manage.py verify_archive [--head FILE] [--accept VERSION ... --reason WHY]"""

import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.integrity import verification
from articles.integrity.manifest import ManifestError
from articles.models import Seal


class Command(BaseCommand):
    help = (
        "Compare the whole archive with its seals: every record, version and change, the triggers,"
        " the index of words, the words of events. Names what was changed, is missing, extra,"
        " re-hashed or of unknown origin, one a line, and records that it looked. Exit status 1"
        " where anything was found."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--head", metavar="FILE", type=Path, help="compare with a manifest kept elsewhere, too"
        )
        parser.add_argument(
            "--accept",
            metavar="VERSION",
            type=int,
            action="append",
            default=[],
            help="answer for a version of unknown origin, by its number in the finding; repeatable",
        )
        parser.add_argument("--reason", default="", help="why it is right (with --accept)")
        parser.add_argument(
            "--by", default=getpass.getuser(), help="who answers (with --accept); you, by default"
        )

    def handle(self, *, head, accept, reason, by, **options):
        if accept and not reason.strip():
            raise CommandError("--accept needs --reason: why the version is right", returncode=2)
        if head and not head.is_file():
            raise CommandError(f"{head}: no such file", returncode=2)
        for version in accept:
            self._accept(version, by, reason.strip())
        with tqdm(desc="verifying", unit=" versions", disable=None) as bar:
            try:
                report = verification.verify(head, progress=bar.update)
            except ManifestError as error:
                raise CommandError(str(error)) from None
        for finding in report.findings:
            self.stdout.write("".join(c if c.isprintable() else "\ufffd" for c in str(finding)))
        self.stdout.write(
            f"{report.records} records, {report.versions} replaced versions,"
            f" {report.changes} changes: {len(report.findings) or 'no'} findings;"
            f" head {report.head}"
        )
        if report.findings:
            raise SystemExit(1)

    def _accept(self, version, by, reason):
        try:
            made = verification.accept(version, by, reason)
        except Seal.DoesNotExist:
            raise CommandError(f"There is no version {version}.") from None
        except ValueError as error:
            self.stdout.write(str(error))
        else:
            self.stdout.write(f"Accepted by {by}: all that change {made.pk} made.")
