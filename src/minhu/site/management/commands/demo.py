"""`minhu demo`: make the tables, load the demonstration district, and say what there is to see."""

import os

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from minhu.people.queries import demonstration_logins
from minhu.site.welcome.actions import look_for_answers
from minhu.site.welcome.queries import headline, walk


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        if not settings.MINHU_DEMO:
            raise CommandError("the demonstration makes log-ins with a known password: set MINHU_DEMO=1")
        call_command("migrate", verbosity=0)
        call_command("load_pack", settings.MINHU_PACK, verbosity=0)
        look_for_answers(timezone.now())
        call_command("collectstatic", interactive=False, verbosity=0)
        with translation.override(settings.LANGUAGE_CODE):
            self.tell(f"http://127.0.0.1:{os.environ.get('MINHU_PORT', '8000')}")

    def tell(self, address: str) -> None:
        """Print the address, the log-ins, the headline figures and one clause walked through the house."""
        self.stdout.write(
            f"\n  Minhu 民呼   {address}\n\n  log-ins (password {settings.MINHU_DEMO_PASSWORD})"
        )
        for holding in demonstration_logins():
            role = holding.post.get_role_display()
            self.stdout.write(f"    {holding.user.username:<12}{holding.post.title} · {role}")
        self.stdout.write("")
        for sentence in headline(timezone.localdate()):
            self.stdout.write(f"  {sentence}")
        self.stdout.write("\n  one clause, walked through the house")
        for step in walk():
            self.stdout.write(f"    {step.where:<9} {step.what}\n              {address}{step.url}")
        self.stdout.write("")
