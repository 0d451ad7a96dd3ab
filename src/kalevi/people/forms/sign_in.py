"""The forms of signing in without the grey words inside their fields, which vanish when one writes."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp


class _Plain:
    """Takes placeholders away: every field has its label above it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class SignIn(_Plain, account.LoginForm):
    """E-mail address and password."""


class ChangePassword(_Plain, account.ChangePasswordForm):
    """The password now, and the new one twice."""


class Reauthenticate(_Plain, account.ReauthenticateForm):
    """The password once more."""


class SecondFactor(_Plain, mfa.AuthenticateForm):
    """A code at sign-in."""


class SecondFactorAgain(_Plain, mfa.ReauthenticateForm):
    """A code once more."""


class TakeIntoUse(_Plain, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""
