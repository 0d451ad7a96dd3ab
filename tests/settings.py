"""Settings of the tests: a home of their own, and files served without a manifest."""

import os
import tempfile

os.environ["KALEVI_HOME"] = tempfile.mkdtemp(prefix="kalevi-tests-")
os.environ.setdefault("KALEVI_LANGUAGE", "en")

from kalevi.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # A file, not memory: erased words must be gone from it, and threads see one database.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "tests.sqlite3"}  # noqa: F405
