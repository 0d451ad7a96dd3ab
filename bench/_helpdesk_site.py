"""A site of django-helpdesk with one public queue, served by granian. Runs in an environment of its own."""

import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["HELPDESK_FOLDER"])
DEBUG = False
SECRET_KEY = "of the bench"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = __name__
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
SITE_ID = 1
HELPDESK_KB_ENABLED = True
HELPDESK_TEAMS_MODE_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STATIC_URL = "/static/"
MEDIA_ROOT = FOLDER / "media"
LOGIN_URL = "/login/"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.messages",
    "django.contrib.admin",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "rest_framework",
    "helpdesk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "helpdesk.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
    }
}


def _urls() -> list[object]:
    from django.contrib import admin
    from django.urls import include, path

    return [path("helpdesk/", include("helpdesk.urls")), path("admin/", admin.site.urls)]


def __getattr__(name: str) -> object:
    if name == "urlpatterns":
        return _urls()
    raise AttributeError(name)


def main() -> None:
    """Make the database and serve."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "_helpdesk_site"
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, RuntimeModes

    call_command("migrate", verbosity=0)
    from helpdesk.models import Queue

    Queue.objects.get_or_create(
        title="Bench", slug="bench", defaults={"allow_public_submission": True, "new_ticket_cc": ""}
    )
    application = get_wsgi_application()
    Granian(
        "x",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        runtime_mode=RuntimeModes.st,
        blocking_threads=8,
        log_enabled=False,
    ).serve(target_loader=lambda *named: application)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
