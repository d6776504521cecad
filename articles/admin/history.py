"""The history of a thing: its versions with what each changed, and the way back to one."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from articles.integrity import states
from articles.models import Change

from . import conflict, tokens
from .reasons import LONGEST, NO_REASON, tell

A_PAGE = 20


@dataclass
class Entry:
    number: int
    change: Change
    differing: list  # None for the first version, and where the one before is not there
    is_restorable: bool


def page(desk, request, thing, now, is_stale):
    """The versions of a thing, the newest first; by POST, one of them becomes the newest."""
    if request.method != "POST":
        if not desk.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        return _shown(desk, request, thing, now)
    if not desk.has_change_permission(request, thing):
        raise PermissionDenied
    if is_stale:
        seen = tokens.read_from(request)
        return conflict.refusal(desk, request, seen, now, request.get_full_path())
    if error := _restore(desk, request, thing):
        return _shown(desk, request, thing, now, error)
    return HttpResponseRedirect(request.get_full_path())


def _shown(desk, request, thing, now, error=""):
    record = thing.record
    pages = Paginator(range(record.number, 0, -1), A_PAGE)
    chosen = pages.get_page(request.GET.get(PAGE_VAR))
    entries = _entries(record, list(chosen))
    context = {
        **desk.admin_site.each_context(request),
        "title": f"History: {thing}",
        "opts": desk.opts,
        "object": thing,
        "token": tokens.write(now),
        "page": chosen,
        "page_range": pages.get_elided_page_range(chosen.number),
        "page_var": PAGE_VAR,
        "entries": entries,
        "may_restore": desk.has_change_permission(request, thing),
        "is_public": getattr(thing, "is_public", False),
        "error": error,
        "sent": request.POST,
        "longest": LONGEST,
    }
    return TemplateResponse(request, "admin/history.html", context)


def _entries(record, numbers):
    found = states.states(record, [*numbers, numbers[-1] - 1])
    kept = record.versions.filter(number__in=numbers).select_related("change")
    versions = {version.number: version for version in kept}
    entries = []
    for number in numbers:
        version, state, before = versions.get(number), found.get(number), found.get(number - 1)
        both = state is not None and before is not None
        entries.append(
            Entry(
                number,
                version.change if version else record.change,
                states.differing(record.kind, before, state) if both else None,
                version is not None and version.redacted_by_id is None,
            )
        )
    return entries


def _restore(desk, request, thing):
    """Write an old version's state back; returns what stands in the way, or nothing."""
    number, reason = request.POST.get("version", ""), _text(request, "reason")
    is_public = getattr(thing, "is_public", False)
    version = None
    if number.isascii() and number.isdigit() and len(number) < 10:
        version = thing.record.versions.filter(number=number, redacted_by=None).first()
    if version is None:
        return "There is no such version to return to."
    if is_public and not reason:
        return NO_REASON
    note = _text(request, "note") if is_public else ""
    if "\0" in reason + note or max(len(reason), len(note)) > LONGEST:
        return f"Reason and note have at most {LONGEST:,} characters."
    try:
        with transaction.atomic():
            states.restore(thing, version.state)
            desk.was_restored(thing)
    except ValidationError as error:
        return f"Nothing was restored. {' '.join(error.messages)}"
    except IntegrityError:
        return "Nothing was restored: something else has its address or reference now."
    told = f"Version {number} restored"
    tell(request, kind=Change.Kind.RESTORATION, reason=reason or told, note=note)
    desk.log_change(request, thing, f"{told}. {reason}".strip())
    desk.message_user(request, f"{told}: it stands as a new version.", messages.SUCCESS)
    return ""


def _text(request, name):
    return request.POST.get(name, "").replace("\r\n", "\n").strip()
