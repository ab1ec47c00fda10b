"""Finding what a page is about, and the situation its address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from minhu.services.bridge.definitions import Whole
from minhu.services.models import Thing, ThingVersion
from minhu.services.queries.things import chosen_version, published_version


@dataclass(frozen=True, slots=True)
class Chip:
    """An option of a question: its words, its address, whether it is chosen."""

    words: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """A question of the situation with its options."""

    text: str
    chips: tuple[Chip, ...]


def thing_at(code: str) -> Thing:
    """A one-thing by its code. Raises Http404."""
    thing = Thing.objects.select_related("lead").filter(code=code).first()
    if thing is None:
        raise Http404(_("There is no one-thing with the code %(code)s.") % {"code": code})
    return thing


def version_at(thing: Thing, number: str) -> ThingVersion:
    """The version the address asks for. Raises Http404."""
    version = chosen_version(thing, number)
    if version is None:
        raise Http404(_("This one-thing has no version yet: load its guides."))
    return version


def published_at(code: str) -> ThingVersion:
    """The published version of a one-thing. Raises Http404."""
    version = published_version(code)
    if version is None:
        raise Http404(_("Nobody can apply for this at present."))
    return version


def answers_of(whole: Whole, said: Mapping[str, str]) -> dict[str, str]:
    """The situation an address asks for: its answers where they fit, else the first option."""
    return whole.settled({key.removeprefix("q."): one for key, one in said.items() if key.startswith("q.")})


def switches_of(whole: Whole, answers: Mapping[str, str], keep: Mapping[str, str]) -> tuple[Switch, ...]:
    """Questions that are asked here, each option with the address of that situation."""
    found = []
    for question in whole.bundle.questions:
        if question.code not in answers:
            continue
        chips = []
        for option in question.options:
            said = {**keep, **{f"q.{code}": one for code, one in {**answers, question.code: option}.items()}}
            chips.append(Chip(option, "?" + urlencode(said), answers[question.code] == option))
        found.append(Switch(question.text, tuple(chips)))
    return tuple(found)
