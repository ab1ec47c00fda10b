"""Words that are signed: they are kept as they were shown, and their digest tells whether they still hold."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from minhu.services.bridge.applying.plans import Want


def helper_words(organisation: str) -> str:
    """By which somebody lets an organisation apply.

    In the language of the place, like all consents: they must say the same when they are looked up again.
    """
    with override(settings.LANGUAGE_CODE):
        words = _(
            "I let %(organisation)s fill in and send this application for me. I was shown what it says."
        )
        return words % {"organisation": organisation}


def commitment_words(want: Want, days: str) -> str:
    """A commitment in place of papers: what is promised, how it is checked, what follows if it is untrue."""
    said = {
        "what": want.name,
        "clause": "、".join(dict.fromkeys(one.clause for one in want.askers if one.clause)),
    }
    words = _("I know what is required (%(clause)s) and declare that I meet it: %(what)s.") % said
    checked = _("It will be checked within %(days)s.") % {"days": days} if days else _("It will be checked.")
    end = _("If it is untrue, what was granted on it is revoked, and I bear the consequences.")
    return f"{words} {checked} {end}"
