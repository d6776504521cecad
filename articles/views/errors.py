"""The pages for what went wrong, in the words of the archive."""

import logging

from django.http import HttpResponse
from django.shortcuts import render

from articles.exporting import json

logger = logging.getLogger(__name__)

OUR_FAULT = "A fault of the archive. It has been recorded; please try again in a while."

TOO_LONG = (
    "This search took longer than a second and was stopped, so that others need not wait."
    " Narrow it by a country, a year or a rarer word, or try again in a while."
)


def bad_request(request, exception, status=400):
    if _is_json(request):
        return json.refusal({"address": ["The address or what was sent is not text."]}, status)
    return render(request, "errors/400.html", status=status)


def permission_denied(request, exception):
    return render(request, "errors/403.html", status=403)


def page_not_found(request, exception):
    if _is_json(request):
        return json.refusal({"address": ["Nothing has this address."]}, 404)
    words = request.path.strip("/").rsplit("/", 1)[-1].replace("-", " ")[:100]
    return render(request, "errors/404.html", {"words": words}, status=404)


def took_too_long(request):
    if _is_json(request):
        answer = json.refusal({"q": [TOO_LONG]}, 503)
    else:
        answer = render(request, "errors/503.html", {"told": TOO_LONG}, status=503)
    answer["Retry-After"] = "5"
    return answer


def server_error(request):
    if _is_json(request):
        return json.refusal({"address": [OUR_FAULT]}, 500)
    try:
        return render(request, "errors/500.html", status=500)
    except Exception:  # the fault may lie in what every page needs, such as its static files
        logger.exception("The page of a fault failed, too")
        return HttpResponse(f"{OUR_FAULT}\n", content_type="text/plain; charset=utf-8", status=500)


def _is_json(request):
    return request.path_info.endswith(".json")
