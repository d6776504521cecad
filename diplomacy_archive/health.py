"""What a proxy or a supervisor asks: does the process live, and may visitors be sent to it?"""

import logging

from django.db import Error as DatabaseProblem
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@csrf_exempt  # so that a POST is told that it is not allowed, as everywhere
@never_cache
@require_safe
def healthz(request):
    """200 while the process answers at all; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@csrf_exempt
@never_cache
@require_safe
def readyz(request):
    """200 when the database answers and has every migration; else 503 and why, in a line."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseProblem:
        logger.exception("Not ready: the database does not answer")
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"migrations not applied: {len(missing)}")
    return HttpResponse("ready\n", content_type="text/plain")


def _not_ready(reason):
    return HttpResponse(f"not ready: {reason}\n", content_type="text/plain", status=503)
