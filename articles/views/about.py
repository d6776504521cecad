"""What the archive is, how it is coded and cited."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static

from articles import plover
from articles.models import Change, Verification


def about(request):
    types = [
        (name, plover.QUAD_CLASSES[quad], score, sorted(modes.items()))
        for name, (quad, score, modes) in plover.TYPES.items()
    ]
    return render(request, "about.html", {"types": types, "codebook": plover.CODEBOOK})


def integrity(request):
    """When the archive was last verified, what that found, and the head that vouches for it."""
    return render(
        request,
        "integrity.html",
        {
            "last": Verification.objects.first(),
            "earlier": Verification.objects.all()[1:11],
            "waiting": Change.objects.filter(position=None).exists(),
        },
    )


def favicon(request):
    """Where browsers look for it that read no page."""
    return redirect(static("favicon.ico"))


def robots(request):
    return HttpResponse("User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
