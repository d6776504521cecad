"""Why: what an editor says of a change, kept with it for good.

The fields are none of the thing's own; they set the change at work (`integrity.change`).
"""

from contextlib import contextmanager

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from articles import integrity
from articles.models import Change

from .fields import DeskForm, LinesField

LONGEST = Change._meta.get_field("reason").max_length
NO_REASON = "Say why: the archive keeps it with the change."
NO_NOTE = "Readers are told of a correction: write the note."
HEADING = "This change"


@contextmanager
def one_change(request, reason="At the desk"):
    """What a request changes is one change, by who is signed in: `request.archive_change`."""
    if request.method != "POST":
        yield
        return
    with integrity.change(request.user.get_username(), reason) as opened:
        request.archive_change = opened
        yield


def tell(request, **told):
    """Set kind, reason or note of the change at work."""
    for name, value in told.items():
        setattr(request.archive_change, name, value)


def lines(label, help_text, rows=2):
    return LinesField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": rows}),
    )


class WithReason(DeskForm):
    """A form that may say why."""

    change_reason = lines("Why", "For the record, if there is more to say than what was changed.")

    def told(self):
        """What the form tells of its change: some of kind, reason and note."""
        reason = self.cleaned_data["change_reason"]
        return {"reason": reason} if reason else {}


class OfPublicStory(WithReason):
    """A story that readers see is changed with a reason, and corrected with a note to them."""

    change_kind = forms.ChoiceField(
        label="Kind",
        required=False,
        choices=[
            (Change.Kind.MINOR, "Minor edit: nothing that a reader has to be told"),
            (Change.Kind.CORRECTION, "Correction: the note below is shown to readers"),
        ],
        widget=forms.RadioSelect,
    )
    change_reason = lines("Why", "For the record. Asked for whenever something was changed.")
    change_note = lines("Note to readers", "With a correction: what was wrong, and what is right.")
    field_order = ["change_kind", "change_reason", "change_note"]

    def clean(self):
        super().clean()
        said = self.cleaned_data
        is_changed = bool(set(self.changed_data) - set(self.declared_fields))
        is_correction = said.get("change_kind") == Change.Kind.CORRECTION
        if not is_changed and "_step_republish" not in self.data:
            return
        if is_changed and not said.get("change_kind") and "change_kind" in said:
            self.add_error("change_kind", "Say which: a minor edit or a correction.")
        if not said.get("change_reason") and "change_reason" in said:
            self.add_error("change_reason", NO_REASON)
        if is_correction and not said.get("change_note") and "change_note" in said:
            self.add_error("change_note", NO_NOTE)

    def told(self):
        kind, note = self.cleaned_data["change_kind"], self.cleaned_data["change_note"]
        told = super().told()
        if kind:
            told |= {"kind": kind, "note": note if kind == Change.Kind.CORRECTION else ""}
        return told
