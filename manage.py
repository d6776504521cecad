#!/usr/bin/env python
"""Django's command line for this project: `.venv/bin/python manage.py help`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy_archive.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as missing:
        sys.exit(f"{missing}. `make run` installs what is needed; then use .venv/bin/python.")
    execute_from_command_line(sys.argv)
