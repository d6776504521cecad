import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SITE_VARIABLES = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "HTTPS")


@pytest.fixture
def in_the_project():
    """Run Python in a process of its own with the settings set up; returns the ended process.

    in_the_project("print(settings.DEBUG)", DEBUG="1").stdout == "True"
    """

    def run(code, cwd=ROOT, **variables):
        kept = {k: v for k, v in os.environ.items() if k not in SITE_VARIABLES}
        env = {**kept, "PYTHONPATH": str(ROOT), **variables}
        setup = "from django.conf import settings; import django; django.setup()\n"
        command = [sys.executable, "-c", setup + code]
        ended = subprocess.run(
            command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        ended.stdout = ended.stdout.strip()
        return ended

    return run
