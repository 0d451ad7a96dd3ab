"""Accounts, contacts and colleagues, what they agreed to, and the customership with its stage."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kalevi.guards.frozen import Frozen, declare
from kalevi.people.keeping_models import Ending, Keeping  # noqa: F401  tables of this room
from kalevi.shell.roles import EVERYBODY, Role

LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]


# The first administrator is invited before anybody knows their address; they give it when they join.
NOBODY_YET = "administrator@kalevi.invalid"


class Colleagues(BaseUserManager["Colleague"]):
    """Makes colleagues, who sign in by e-mail address."""

    def create_user(
        self, email: str, password: str | None = None, *, role: str = "", **fields: object
    ) -> "Colleague":
        """Return a stored colleague; without a password nobody can sign in until one is set.

        `roles` are what they hold; `role` is short for one.
        """
        if role:
            fields["roles"] = [role]
        colleague = self.model(email=self.normalize_email(email).lower(), **fields)
        colleague.set_password(password)
        colleague.save()
        return colleague

    def here(self, roles: Iterable[Role] = EVERYBODY) -> QuerySet["Colleague"]:
        """Return the colleagues who have come in, may sign in and hold any of these roles.

        Who is invited chooses their name with the link: without one nobody is there yet to be given anything.
        """
        return self.get_queryset().filter(holding(roles), is_active=True).exclude(name="")


def columns(roles: Iterable[str]) -> dict[str, bool]:
    """Return the columns of a colleague with these roles. Raises ValueError for an unknown role."""
    held = {Role(role) for role in roles}
    return {role.value: role in held for role in Role}


def holding(roles: Iterable[Role]) -> Q:
    """Return the condition that a colleague holds any of these roles; at least one is named."""
    named = sorted({Role(role).value for role in roles})
    return reduce(or_, (Q(**{role: True}) for role in named))


class Colleague(AbstractBaseUser, PermissionsMixin):
    """Somebody who works here and signs in, with one role or several: a column each, of the role's name."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    administrator = models.BooleanField(Role.ADMINISTRATOR.label, default=False)
    manager = models.BooleanField(Role.MANAGER.label, default=False)
    frontline = models.BooleanField(Role.FRONTLINE.label, default=True)
    board = models.BooleanField(Role.BOARD.label, default=False)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="fi")
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    # Set for one request: an administrator gave a reason for looking, or nobody else is here.
    looks = False

    objects: ClassVar[Colleagues] = Colleagues()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("colleague")
        constraints = [
            models.CheckConstraint(
                condition=Q(administrator=True) | Q(manager=True) | Q(frontline=True) | Q(board=True),
                name="people_colleague_holds_a_role",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this colleague holds; what one of them opens stands open."""
        return frozenset(role for role in Role if getattr(self, role.value))

    @roles.setter
    def roles(self, roles: Iterable[str]) -> None:
        for column, held in columns(roles).items():
            setattr(self, column, held)

    def holds(self, *roles: Role) -> bool:
        """Whether this colleague holds any of these roles."""
        return any(getattr(self, role.value) for role in roles)

    @property
    def sees_names(self) -> bool:
        """Whether names, and words as they were said, are for these eyes; the board's see dots."""
        return self.manager or self.frontline or self.looks

    @property
    def roles_in_words(self) -> str:
        """The roles as one reads them, in the reader's language."""
        return ", ".join(str(role.label) for role in Role if getattr(self, role.value)).capitalize()


class Invitation(models.Model):
    """A one-time link with which a colleague sets their name and password; only a digest of it is kept."""

    colleague = models.ForeignKey(Colleague, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="people_invitation_ends_after")
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Account(models.Model):
    """An organisation for which contacts act."""

    name = models.CharField(_("name"), max_length=200)
    business_id = models.CharField(_("business ID"), max_length=20, blank=True)
    line_of_business = models.CharField(_("line of business"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Stage(models.TextChoices):
    """Where a customership stands. It may end; the person stays somebody with a timeline."""

    STRANGER = "stranger", _("stranger")
    PROSPECT = "prospect", _("getting to know us")
    CUSTOMER = "customer", _("customer")
    ENDED = "ended", _("customership ended")
    RETURNED = "returned", _("came back")


class Side(models.TextChoices):
    """Whether a contact buys from us, or is the audience of an organisation that does."""

    CUSTOMER = "customer", _("customer")
    AUDIENCE = "audience", _("customer's audience")


class Reason(models.TextChoices):
    """Why words were erased."""

    REQUEST = "request", _("the person asked")
    END_DATE = "end_date", _("its time here ended")
    UNLAWFUL = "unlawful", _("unlawful content")
    UNDONE_IMPORT = "undone_import", _("an import was undone")
    TAKEN_BACK = "taken_back", _("the colleague who wrote it took it back")


class Erasure(models.Model):
    """Why and when words or a person were erased; kept, and replayed after a restore."""

    at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    actor_id = models.BigIntegerField(null=True)
    contact_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="people_erasure_reason")
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.at:%Y-%m-%d}"


class Contact(models.Model):
    """A person who is, was or may become a customer."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="contacts")
    side = models.CharField(_("side"), max_length=10, choices=Side.choices, default=Side.CUSTOMER)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices, default=Stage.STRANGER)
    in_peace_since = models.DateTimeField(_("wishes to be left in peace since"), null=True, blank=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, blank=True, related_name="contacts")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="people_contact_stage"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="people_contact_side"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="people_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(erasure__isnull=True) | Q(name="", email="", phone=""),
                name="people_erased_is_blank",
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="people_contact_name")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Identity(models.Model):
    """By what we recognise a contact: an address, or an id in a source."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=60)
    value = models.CharField(max_length=254)

    class Meta:
        verbose_name_plural = "identities"
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="people_one_identity")]

    def __str__(self) -> str:
        return self.kind


class StageChange(models.Model):
    """When a customership moved to another stage."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="stage_changes")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="people_change_stage")
        ]
        indexes = [models.Index(fields=["contact", "at"], name="people_change_by_contact")]

    def __str__(self) -> str:
        return self.stage


class Aim(models.Model):
    """What a contact or an account aims at, wishes or expects, in their own words."""

    class Kind(models.TextChoices):
        GOAL = "goal", _("goal")
        WISH = "wish", _("wish")
        EXPECTATION = "expectation", _("expectation")

    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="aims")
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="aims")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField(null=True)  # noqa: DJ001  NULL only when erased
    told_by_colleague_id = models.BigIntegerField(null=True)
    said_at = models.DateTimeField()
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(account__isnull=False), name="people_aim_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(words__isnull=False) ^ Q(erasure__isnull=False),
                name="people_aim_words_or_erasure",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("goal", "wish", "expectation")), name="people_aim_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Consent(models.Model):
    """What may be done with a person's data: the purpose, its legal basis and its end."""

    class Purpose(models.TextChoices):
        SERVICE = "service", _("taking care of your matter")
        FEEDBACK = "feedback", _("asking for feedback")
        MARKETING = "marketing", _("telling about news")
        STORY = "story", _("telling your story")

    class Basis(models.TextChoices):
        CONSENT = "consent", _("consent")
        CONTRACT = "contract", _("contract")
        INTEREST = "interest", _("legitimate interest")
        LAW = "law", _("law")

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    basis = models.CharField(_("legal basis"), max_length=20, choices=Basis.choices)
    given_at = models.DateTimeField()
    ends_on = models.DateField(_("ends on"))
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="people_one_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="people_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class Merge(models.Model):
    """Two contacts that were the same person, and what was moved, so that it can be undone."""

    kept = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kept=F("gone")), name="people_merge_of_two")]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


declare(
    Frozen(
        table="people_erasure",
        columns=("id", "at", "reason", "actor_id", "contact_id", "subject"),
        write_once=("finished_at",),
    ),
    Frozen(
        table="people_aim",
        columns=("id", "kind", "said_at", "told_by_colleague_id"),
        erasable=("words",),
        write_once=("erasure_id",),
    ),
)
