"""Django's settings, from the environment."""

import re
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kalevi.config import environment

HOME = environment.home()
SECRET_KEY = environment.secret_key(HOME)
DEBUG = environment.value("KALEVI_DEBUG") == "1"
ADDRESS = environment.address()
_SECURE = ADDRESS.startswith("https://")
_NAME = re.sub(r"^\w+://|:\d+$", "", ADDRESS)
ALLOWED_HOSTS = sorted({_NAME, "127.0.0.1", "localhost", "[::1]"})
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "kalevi.guards",
    "django_tasks",
    "kalevi.audit",
    "kalevi.shell",
    "kalevi.jobs",
    "kalevi.people",
    "kalevi.webhooks",
    "kalevi.journeys",
    "kalevi.interactions",
    "kalevi.orders",
    "kalevi.channels.api",
    "kalevi.channels.email",
    "kalevi.channels.file",
    "kalevi.channels.survey",
    "kalevi.channels.kiosk",
    "kalevi.channels.widget",
    "kalevi.channels.invitations",
    "kalevi.promises",
    "kalevi.cases",
    "kalevi.approaches",
    "kalevi.reports",
    # After the rooms, whose templates take the place of its own.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "kalevi.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kalevi.shell.middleware.ReaderLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kalevi.shell.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "kalevi.config.urls"
WSGI_APPLICATION = "kalevi.config.wsgi.application"
DATABASES = {"default": environment.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "kalevi.shell.templatetags.kalevi",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kalevi.shell.context.page",
            ],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = True

AUTH_USER_MODEL = "people.Colleague"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kalevi.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "kalevi.people.passwords.NotOneself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "kalevi.people.sign_in.Adapter"
ACCOUNT_PREVENT_ENUMERATION = True
# HTTPS comes from a proxy before us. Were its address everybody's, one stranger's guesses would keep all out.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _SECURE else 0
ACCOUNT_FORMS = {
    "login": "kalevi.people.forms.sign_in.SignIn",
    "change_password": "kalevi.people.forms.sign_in.ChangePassword",
    "reauthenticate": "kalevi.people.forms.sign_in.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": "kalevi.people.forms.sign_in.SecondFactor",
    "reauthenticate": "kalevi.people.forms.sign_in.SecondFactorAgain",
    "activate_totp": "kalevi.people.forms.sign_in.TakeIntoUse",
}
MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kalevi"
# One step of thirty seconds either way: somebody types slowly, a phone is a little late.
MFA_TOTP_TOLERANCE = 1

LANGUAGE_CODE = environment.language()
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "kalevi_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _SECURE
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone()
FORMAT_MODULE_PATH = "kalevi.shell.formats"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A survey of twelve questions with 24 options each, in three languages, is a form of 1,800 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TASKS = {"default": {"BACKEND": "kalevi.jobs.backend.LeasedBackend", "QUEUES": []}}
WEBHOOK_PRIVATE_HOSTS = environment.names("KALEVI_WEBHOOK_PRIVATE_HOSTS")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = f"kalevi@{_NAME}"

# Paths, queries, bodies and exception texts may hold personal data: only the kind of an error is logged.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "kalevi.shell.logs.BareFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
