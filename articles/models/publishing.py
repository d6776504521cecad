"""The way of a story: drafted, submitted, published, and if need be withdrawn.

    draft -> in review -> published -> withdrawn -> published again

Who may take which step is the desk's matter (`articles.admin`); which step follows which, ours.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from .version import Change, Seal, Version

PUBLIC = ("published", "withdrawn", "merged")  # the statuses of what readers saw


@dataclass(frozen=True)
class Step:
    name: str
    label: str  # as a button says it
    done: str  # as a message says it
    start: tuple
    end: str
    permission: str

    @property
    def why(self):
        """The reason of a step that needs none of its own: "Published"."""
        return self.done.capitalize()


STEPS = {
    step.name: step
    for step in (
        Step("submit", "Submit for review", "submitted for review", ("draft",), "review", "change"),
        Step("send_back", "Send back to draft", "sent back", ("review",), "draft", "publish"),
        Step("publish", "Publish", "published", ("draft", "review"), "published", "publish"),
        Step("withdraw", "Withdraw", "withdrawn", ("published",), "withdrawn", "withdraw"),
        Step("republish", "Publish again", "restored", ("withdrawn",), "published", "withdraw"),
    )
}  # fmt: skip


class Publishing:
    """The steps of an article; each sets the status, and saving is the caller's."""

    def take(self, step, reason=""):
        """Take a step by its name. Raises ValidationError where it does not follow."""
        step = STEPS[step]
        if self.status not in step.start:
            raise ValidationError(
                f"“{self}” is {self.get_status_display()}: it cannot be {step.done}."
            )
        if step.name == "withdraw" and not reason.strip():
            raise ValidationError("Readers are told why a story was withdrawn: write the reason.")
        self.status = step.end
        self.withdrawal_reason = reason.strip() if step.name == "withdraw" else ""

    @property
    def steps(self):
        """The steps that may follow now."""
        return [step for step in STEPS.values() if self.status in step.start]

    @property
    def is_public(self):
        """Whether it has a page: a withdrawn story has one that says so, a merged one leads on."""
        return self.status in PUBLIC

    @property
    def is_closed(self):
        return self.status in ("withdrawn", "merged")

    @property
    def is_deletable(self):
        """Only what no reader ever saw."""
        return self.status == "draft" and not self.was_ever(*PUBLIC)

    why_not_deletable = "only a draft can be deleted"

    @property
    def closed_by(self):
        """The Change that withdrew or merged it; None where it came so, and nobody can tell."""
        versions = Version.objects.filter(record__kind="article", record__object_id=self.pk)
        before = versions.exclude(state__status=self.status).select_related("replaced_by")
        last = before.order_by("-number").first()
        return last and last.replaced_by

    @property
    def redactions(self):
        """The Changes that removed words from it, the first one first."""
        of_it = Seal.objects.filter(record__kind="article", record__object_id=self.pk)
        removed = Change.objects.filter(kind=Change.Kind.REDACTION)
        return removed.filter(pk__in=of_it.values("change")).order_by("pk")
