"""Accounts: open, close, where reset links go, and making such a link."""

from django.contrib import messages
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minhu.people import actions
from minhu.people.forms import AccountForm, EmailForm
from minhu.people.gate import Request, allow
from minhu.people.models import User
from minhu.people.queries import accounts_table
from minhu.people.views.units import MAY_EDIT, act, edit_page, sent, who


@allow("administer_people")
@require_safe
def accounts(request: Request) -> HttpResponse:
    """All accounts and the posts they hold."""
    return render(request, "people/accounts.html", {"rows": accounts_table()})


@allow("administer_people")
@MAY_EDIT
def new_account(request: Request) -> HttpResponse:
    """Open an account and give it its first post."""
    form = AccountForm(sent(request), initial={"post": request.GET.get("post")})

    @transaction.atomic
    def deed() -> None:
        said = form.cleaned_data
        user = actions.open_account(**who(request), username=said["username"], email=said["email"])
        if said["post"]:
            actions.give_post(**who(request), user=user, post=said["post"])

    if form.do(deed):
        messages.success(request, _("The account is open. Make a link now so that its password can be set."))
        return redirect("people:account", form.cleaned_data["username"])
    return edit_page(request, form, _("Open an account"))


@allow("administer_people")
@MAY_EDIT
def account(request: Request, username: str) -> HttpResponse:
    """One account: its posts since when, and where its reset link goes."""
    row = get_object_or_404(User, username=username)
    form = EmailForm(sent(request), initial={"email": row.email})
    if form.do(lambda: actions.change_email(**who(request), user=row, email=form.cleaned_data["email"])):
        messages.success(request, _("Saved."))
        return redirect("people:account", username)
    held = row.holdings.select_related("post__organisation").order_by("-until", "-since")
    return render(request, "people/account.html", {"account": row, "form": form, "holdings": held})


@allow("administer_people")
@require_POST
def close_account(request: Request, username: str) -> HttpResponse:
    """Close an account."""
    row = get_object_or_404(User, username=username)
    act(request, lambda: actions.close_account(**who(request), user=row), _("The account is closed."))
    return redirect("people:account", username)


@allow("administer_people")
@require_POST
def reset_link(request: Request, username: str) -> HttpResponse:
    """Mail a link that sets a new password; without an e-mail, show it once to be handed over."""
    row = get_object_or_404(User, username=username, is_active=True)
    key, token = actions.make_reset_link(**who(request), user=row)
    link = request.build_absolute_uri(reverse("people:reset_new", args=[key, token]))
    if not row.email:
        return render(request, "people/reset_link.html", {"account": row, "link": link})
    text = render_to_string("people/mail/invitation.txt", {"link": link, "username": row.username})
    send_mail(_("Set your password for Minhu"), text, None, [row.email])
    messages.success(request, _("A link has been sent to the account's e-mail."))
    return redirect("people:account", username)
