"""Which blanks are shown and needed given what was answered, and what is wrong with an answer."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from minhu.methods.composing import FieldType
from minhu.methods.composing.conditions import truth
from minhu.services.bridge.applying.plans import Blank, Page, Plan

LONGEST = 500


def shown_blanks(plan: Plan, values: Mapping[str, str]) -> list[Blank]:
    """The blanks asked for; one hidden counts as not answered for those after it."""
    known = dict(plan.answers)
    found = []
    for blank in plan.blanks:
        if truth(blank.condition, known) is True:
            found.append(blank)
            known[blank.key] = values.get(blank.key, "")
        else:
            known[blank.key] = ""
    return found


def needed_keys(plan: Plan, values: Mapping[str, str]) -> frozenset[str]:
    """The blanks that must be filled in, of those that are shown."""
    shown = shown_blanks(plan, values)
    known = {**plan.answers, **{one.key: "" for one in plan.blanks}}
    known |= {one.key: values.get(one.key, "") for one in shown}
    return frozenset(one.key for one in shown if truth(one.required, known) is True)


def shown_pages(plan: Plan, values: Mapping[str, str]) -> list[tuple[Page, list[Blank]]]:
    """The pages with something to ask, and what."""
    shown = {one.key for one in shown_blanks(plan, values)}
    pages = [(page, [one for one in page.blanks if one.key in shown]) for page in plan.pages]
    return [(page, blanks) for page, blanks in pages if blanks]


def fault_of(blank: Blank, value: str) -> str:
    """What is wrong with an answer and how to mend it; nothing for one that is empty or fits."""
    if not value:
        return ""
    said = {"field": blank.label, "value": value[:40]}
    if "\x00" in value:
        return _("“%(field)s” holds a character no database keeps: remove it.") % said
    if blank.type in (FieldType.WHOLE, FieldType.NUMBER) and not is_number(blank, value):
        return _("“%(field)s” is a number: “%(value)s” is none.") % said
    if blank.type == FieldType.DATE and not is_day(value):
        return _("“%(field)s” is a day written as 2026-01-31: “%(value)s” is none.") % said
    if blank.options and value not in blank.options:
        return _("“%(field)s”: choose one of the answers.") % said
    return bounds_fault(blank, value)


def is_number(blank: Blank, value: str) -> bool:
    """Whether a text is a number of the blank's type."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    whole = number.is_finite() and number == number.to_integral_value()
    return number.is_finite() and (blank.type != FieldType.WHOLE or whole)


def is_day(value: str) -> bool:
    """Whether a text is a day in its one spelling."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def bounds_fault(blank: Blank, value: str) -> str:
    """What bounds an answer breaks."""
    bounds = blank.constraint
    said = {"field": blank.label, "n": len(value)}
    longest = min(bounds.longest or LONGEST, LONGEST * 4)
    if len(value) > longest:
        return _("“%(field)s” has %(n)d characters; at most %(most)d fit: shorten it.") % {
            **said,
            "most": longest,
        }
    if bounds.shortest and len(value) < bounds.shortest:
        least = bounds.shortest
        return _("“%(field)s” has %(n)d characters; at least %(least)d are needed.") % {
            **said,
            "least": least,
        }
    if not blank.options and not bounds.admits(value):
        if bounds.least is not None or bounds.greatest is not None:
            low, high = (str(one) if one is not None else "…" for one in (bounds.least, bounds.greatest))
            return _("“%(field)s” lies between %(low)s and %(high)s.") % {**said, "low": low, "high": high}
        return _("“%(field)s” does not have the form that is asked for: look at it once more.") % said
    return ""
