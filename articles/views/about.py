"""What the archive is, how it is coded and cited."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from articles import plover


def about(request):
    types = [
        (name, plover.QUAD_CLASSES[quad], score, sorted(modes.items()))
        for name, (quad, score, modes) in plover.TYPES.items()
    ]
    return render(request, "about.html", {"types": types, "codebook": plover.CODEBOOK})


def favicon(request):
    """Where browsers look for it that read no page."""
    return redirect(static("favicon.ico"))


def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
