"""The web application, as a WSGI server wants it."""

import os

from django.core.wsgi import get_wsgi_application

import kalevi.config  # noqa: F401  SQLite is swapped before Django looks for it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
application = get_wsgi_application()
