"""`minhu open_account NAME POST`: the first log-in of a new installation, or one when nobody can log in."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people import actions
from minhu.people.models import Post
from minhu.people.states import Role
from minhu.trail.states import SYSTEM


class Command(BaseCommand):
    """Open an account and give it a post."""

    help = "Open an account and give it a post; asks for the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("post", help="code of the post, for example one of the reform office")
        parser.add_argument("--email", default="", help="where links that set a new password go")

    def handle(self, *args: Any, **options: Any) -> None:
        post = Post.objects.filter(code=options["post"]).select_related("organisation").first()
        if post is None:
            office = ", ".join(Post.objects.filter(role=Role.OFFICE).values_list("code", flat=True))
            words = _("There is no post “%(post)s”. Posts of the reform office: %(office)s")
            raise CommandError(words % {"post": options["post"], "office": office or _("none; load a pack")})
        try:
            self.open(options["username"], options["email"], getpass(_("Password: ")), post)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        done = _("Account %(user)s holds the post %(post)s.")
        self.stdout.write(done % {"user": options["username"], "post": post})

    @transaction.atomic
    def open(self, username: str, email: str, password: str, post: Post) -> None:
        now = timezone.now()
        user = actions.open_account(by=SYSTEM, username=username, email=email, password=password, at=now)
        actions.give_post(by=SYSTEM, user=user, post=post, at=now)
