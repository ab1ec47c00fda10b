"""Forms of this room: they check what was typed and hand plain drafts to the actions."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minhu.people.actions import OrganisationDraft, PostDraft, TokenDraft
from minhu.people.models import Complaint, Organisation, Post, Token, is_code
from minhu.people.queries import open_accounts, organisation_tree
from minhu.people.states import Kind, Role, Scope

QUARTER = 90
PROGRAMS = [(scope.value, scope.label) for scope in (Scope.READ, Scope.WRITE)]
CODE_HINT = _("Small letters and digits, like street-3. It stands in the record and cannot be changed.")


class DeedForm(forms.Form):
    """A form behind which stands one action; what the action refuses is shown beside its field."""

    @property
    def asked(self) -> int:
        """How many values somebody had to type."""
        return sum(not self[name].is_hidden for name in self.changed_data)

    def do(self, deed: Callable[[], Any]) -> bool:
        """Run the action if the form is sound; whether it was done."""
        if not self.is_valid():
            return False
        try:
            deed()
        except ValidationError as refusal:
            self.add_error(None, refusal)
            return False
        return True


class EditForm(DeedForm):
    """A form over a row that is there: it notices when somebody else saved the row in the meantime."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.now = now
        if now is not None:
            kwargs["initial"] = {**now, "seen": print_of(now)}
        super().__init__(*args, **kwargs)
        if now is not None:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = ""

    def clean(self) -> None:
        """Refuse to overwrite unseen what somebody else saved, once; the next time it was seen."""
        seen = self.cleaned_data.pop("seen", "")
        if self.now is None or seen in ("", print_of(self.now)):
            return
        self.data = dict(self.data.items()) | {"seen": print_of(self.now)}
        there = [
            f"{self[name].label}: {self.now[name]}"
            for name, typed in self.cleaned_data.items()
            if str(typed or "") != str(self.now[name] or "")
        ]
        words = _(
            "Somebody saved this in the meantime. It now says: %s. Save again to put yours in its place."
        )
        raise ValidationError(words % "; ".join(there))


def print_of(values: Mapping[str, Any]) -> str:
    """A short fingerprint of the values a form was filled with."""
    return sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


class LogInForm(AuthenticationForm):
    """Log-in; the log-ins of a demonstration are dead anywhere else."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("Account name and password do not fit together. Capitals matter."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Account name")

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuse closed accounts, and demonstration log-ins outside a demonstration."""
        super().confirm_login_allowed(user)
        if user.is_demonstration and not settings.MINHU_DEMO:
            raise ValidationError(_("This log-in belongs to a demonstration and is not valid here."))


def unit_choices() -> list[tuple[str, str]]:
    """Standing units, indented as they stand in the tree."""
    tree = organisation_tree(standing_only=True)
    return [(branch.organisation.code, "　" * branch.depth + branch.organisation.name) for branch in tree]


def parent_choices() -> list[tuple[str, str]]:
    """Standing units, and none for the top."""
    return [("", gettext("nothing: it is the top")), *unit_choices()]


class TreeFilter(forms.Form):
    """What part of the tree is shown; a filter that makes no sense is left out."""

    q = forms.CharField(label=_("Name, post or account"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("all roles")), *Role.choices], required=False)

    @property
    def wanted(self) -> dict[str, str]:
        """The filter as the query wants it."""
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        return {"text": said.get("q", ""), "role": said.get("role", "")}


class OrganisationForm(EditForm):
    """An organisation: new, or with its code fixed."""

    code = forms.CharField(label=_("Code"), max_length=60, validators=[is_code], help_text=CODE_HINT)
    name = forms.CharField(label=_("Full name"), max_length=120)
    short = forms.CharField(label=_("Short name"), max_length=40, help_text=_("Shown in tables."))
    kind = forms.TypedChoiceField(label=_("Kind"), choices=Kind.choices, coerce=Kind)
    parent = forms.ChoiceField(label=_("Stands under"), choices=parent_choices, required=False)
    row = forms.IntegerField(
        label=_("Row in the cartogram"), required=False, min_value=1, max_value=99,
        help_text=_("Only for towns and streets: a grid stands in for a map."),
    )  # fmt: skip
    column = forms.IntegerField(label=_("Column in the cartogram"), required=False, min_value=1, max_value=99)

    def __init__(self, *args: Any, of: Organisation | None = None, **kwargs: Any) -> None:
        if of:
            fields = ("code", "name", "short", "kind", "row", "column")
            parent = of.parent.code if of.parent else ""
            kwargs["now"] = {name: getattr(of, name) for name in fields} | {"parent": parent}
        super().__init__(*args, **kwargs)

    @property
    def draft(self) -> OrganisationDraft:
        """What was typed, as the action wants it."""
        return OrganisationDraft(**self.cleaned_data)


class PostForm(EditForm):
    """A post: new, or with its code fixed."""

    code = forms.CharField(label=_("Code"), max_length=60, validators=[is_code], help_text=CODE_HINT)
    title = forms.CharField(label=_("Title of the post"), max_length=120)
    organisation = forms.ChoiceField(label=_("Organisation"), choices=unit_choices)
    role = forms.TypedChoiceField(
        label=_("Role"), choices=Role.choices, coerce=Role, 
        help_text=_("All rights of the post come from its role."),
    )  # fmt: skip

    def __init__(self, *args: Any, of: Post | None = None, **kwargs: Any) -> None:
        if of:
            now = {name: getattr(of, name) for name in ("code", "title", "role")}
            kwargs["now"] = now | {"organisation": of.organisation.code}
        super().__init__(*args, **kwargs)

    @property
    def draft(self) -> PostDraft:
        """What was typed, as the action wants it."""
        return PostDraft(**self.cleaned_data)


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A post of a unit that stands, named with its unit and role."""

    def __init__(self) -> None:
        rows = Post.objects.filter(organisation__closed_on=None).select_related("organisation")
        super().__init__(rows, label=_("Post"), required=False, empty_label=_("none yet"))

    def label_from_instance(self, obj: Model) -> str:
        """Unit, title and role."""
        assert isinstance(obj, Post)  # noqa: S101 (for the type checker)
        return f"{obj.organisation.short} · {obj.title} · {obj.get_role_display()}"


class AccountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An account that may sign in."""

    def __init__(self) -> None:
        super().__init__(open_accounts(), label=_("Account"))

    def label_from_instance(self, obj: Model) -> str:
        """The account name."""
        return str(obj)


class AccountForm(DeedForm):
    """A new account and its first post."""

    username = forms.CharField(
        label=_("Account name"), max_length=150,
        help_text=_("Letters, digits and @ . + - _ ; a job word rather than a personal name."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False,
        help_text=_("Only for the link that sets the password. Erased when the account is closed."),
    )  # fmt: skip
    post = PostChoice()


class GivePostForm(DeedForm):
    """Which account takes up a post."""

    user = AccountChoice()


class EmailForm(DeedForm):
    """Where reset links go."""

    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Only for the link that sets the password.")
    )


class ComplaintForm(DeedForm):
    """What is wrong with the software."""

    text = forms.CharField(
        label=Complaint._meta.get_field("text").verbose_name, max_length=2000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("What did you want to do, what happened, what should have happened? No personal data."),
    )  # fmt: skip
    page = forms.CharField(
        label=Complaint._meta.get_field("page").verbose_name, max_length=300, required=False,
        help_text=_("Filled in for you."),
    )  # fmt: skip


class AnswerForm(DeedForm):
    """The office's answer to a complaint."""

    answer = forms.CharField(
        label=_("Answer"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_("What will change, by when; or why nothing will. The post that complained is told."),
    )  # fmt: skip


class TokenForm(DeedForm):
    """A token for a program of the own post."""

    name = forms.CharField(
        label=Token._meta.get_field("name").verbose_name, max_length=80,
        help_text=_("The program that will use it, such as “export to the data platform”."),
    )  # fmt: skip
    scope = forms.TypedChoiceField(
        label=Token._meta.get_field("scope").verbose_name, choices=PROGRAMS, coerce=Scope,
        help_text=_("Never more than your post may do."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=Token._meta.get_field("expires_on").verbose_name,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, most_days: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = on + timedelta(days=most_days)
        # A token left lying about should die soon.
        self.fields["expires_on"].initial = on + timedelta(days=min(most_days, QUARTER))
        self.fields["expires_on"].help_text = _("At most %(days)d days, until %(last)s.") % {
            "days": most_days, "last": last.isoformat(),
        }  # fmt: skip

    @property
    def draft(self) -> TokenDraft:
        """What was typed, as the action wants it."""
        return TokenDraft(**self.cleaned_data)
