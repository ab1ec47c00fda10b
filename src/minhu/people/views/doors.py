"""Log in and out, set and reset a password, change the acting post."""

import json
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth import views as auth
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from minhu.people.forms import LogInForm
from minhu.people.gate import KEPT, POST_KEY, Request, allow
from minhu.people.queries import demonstration_logins
from minhu.people.rules import PUBLIC, SIGNED_IN
from minhu.people.views.kept import told

BACKEND = "django.contrib.auth.backends.ModelBackend"


@allow(PUBLIC)
class LogIn(auth.LoginView):
    """The log-in page; in a demonstration it lists the log-ins, one click each."""

    template_name = "people/login.html"
    authentication_form = LogInForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever is signed in goes on; a form kept from an ended session is offered again first."""
        # Not Django's own switch: it looks at the account, and a demonstration's account may be dead here.
        if not cast("Request", request).reader.signed_in:
            return super().dispatch(request, *args, **kwargs)
        return send_again(request) if request.POST.get(KEPT) else redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demonstration's log-ins, and what was typed before the session ended."""
        kept = self.request.POST.get(KEPT, "")
        return super().get_context_data(**kwargs, demonstration=demonstration_logins(), kept=kept)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; if a form was sent before the session ended, offer to send it again."""
        answer = super().form_valid(form)
        return send_again(self.request) if self.request.POST.get(KEPT) else answer


def send_again(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended, ready to be sent once more."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return redirect("/")
    try:
        fields = [(str(name), str(value)) for name, value in json.loads(request.POST[KEPT])]
    except (TypeError, ValueError):
        return redirect(target)
    context = {"target": target, "fields": fields, "told": told(target, fields)}
    return render(request, "people/send_again.html", context)


@allow(PUBLIC)
@require_POST
def demonstration_log_in(request: Request, username: str) -> HttpResponse:
    """One click into a demonstration log-in; nothing of the kind exists elsewhere."""
    holding = demonstration_logins().filter(user__username=username).first()
    if holding is None:
        raise Http404
    login(request, holding.user, backend=BACKEND)
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else settings.LOGIN_REDIRECT_URL)


@allow(SIGNED_IN)
@require_POST
def change_hat(request: Request) -> HttpResponse:
    """Act from another post that this account holds."""
    wanted = request.POST.get("post", "")
    hat = next((hat for hat in request.reader.hats if hat.post == wanted), None)
    if hat is None:
        raise Http404
    request.session[POST_KEY] = hat.post
    return redirect(settings.LOGIN_REDIRECT_URL)


log_out = allow(PUBLIC)(auth.LogoutView.as_view())
change_password = allow(SIGNED_IN)(
    auth.PasswordChangeView.as_view(
        template_name="people/password.html", success_url=reverse_lazy("people:password_changed")
    )
)
password_changed = allow(SIGNED_IN)(
    auth.PasswordChangeDoneView.as_view(template_name="people/password_changed.html")
)
ask_reset = allow(PUBLIC)(
    auth.PasswordResetView.as_view(
        template_name="people/reset.html",
        email_template_name="people/mail/reset.txt",
        subject_template_name="people/mail/reset_subject.txt",
        success_url=reverse_lazy("people:reset_sent"),
    )
)
reset_sent = allow(PUBLIC)(auth.PasswordResetDoneView.as_view(template_name="people/reset_sent.html"))
reset = allow(PUBLIC)(
    auth.PasswordResetConfirmView.as_view(
        template_name="people/reset_new.html", success_url=reverse_lazy("people:reset_done")
    )
)
reset_done = allow(PUBLIC)(auth.PasswordResetCompleteView.as_view(template_name="people/reset_done.html"))
