"""The web application, as a WSGI server wants it."""

import os

from django.core.wsgi import get_wsgi_application

import kalevi.config  # noqa: F401  SQLite is swapped before Django looks for it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
_everything = get_wsgi_application()

from kalevi.channels.survey.door import FrontDoor  # noqa: E402  the models stand only now

application = FrontDoor(_everything)
