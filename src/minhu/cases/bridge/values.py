"""Values typed, checked by the fields of a kind, and in their one plain spelling."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.states import Fault, Plain, Unit, Upload
from minhu.methods import flow
from minhu.packs.kinds import FieldSpec, FieldType

LONGEST = {FieldType.TEXT: 500, FieldType.LONG: 20_000}
DIGITS = 20
YES, NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Unfit(ValueError):
    """A value that does not fit its field; the message says how to mend it."""


@dataclass(slots=True)
class Typed:
    """What was typed: plain values, personal ones apart, files, organisations named, and what is wrong."""

    plain: dict[str, Plain] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_values(kind: Compiled, asks: tuple[str, ...], given: Mapping[str, object], *, strict: bool) -> Typed:
    """Check what was typed against the fields a deed asks for.

    `strict`: only these fields, and those needed must be there; else any field of the kind may come.
    """
    typed = Typed()
    names = {name.removesuffix("?") for name in asks}
    for key, value in given.items():
        if key not in kind.fields or (strict and key not in names):
            typed.faults.append(Fault(key, unknown_words(kind, key, names)))
            continue
        read_value(kind.fields[key], value, typed)
    if strict:
        wrong = {fault.where for fault in typed.faults}
        for name in asks:
            if not name.endswith("?") and name not in wrong and is_missing(name, typed):
                words = _("“%(field)s” is missing: please give it.") % {"field": kind.fields[name].title}
                typed.faults.append(Fault(name, words))
    return typed


def unknown_words(kind: Compiled, key: str, names: set[str]) -> str:
    """That a value was not asked for, and what was."""
    asked = "、".join(kind.title(name) for name in sorted(names)) or _("nothing")
    return _("“%(key)s” is not asked for here. Asked for: %(asked)s.") % {
        "key": kind.title(key),
        "asked": asked,
    }


def is_missing(name: str, typed: Typed) -> bool:
    """Whether a field got no value."""
    return typed.plain.get(name) is None and not typed.personal.get(name)


def read_value(spec: FieldSpec, value: object, typed: Typed) -> None:
    """Lay one value where it belongs."""
    try:
        plain = cleaned(spec, value)
    except Unfit as wrong:
        typed.faults.append(Fault(spec.code, str(wrong)))
        return
    if isinstance(value, Upload) and plain is not None:
        typed.uploads[spec.code] = value
    if spec.type is FieldType.ORGANISATION and plain is not None:
        typed.organisations[spec.code] = str(plain)
    if spec.personal:
        typed.personal[spec.code] = "" if plain is None else plain if isinstance(plain, str) else str(plain)
    else:
        typed.plain[spec.code] = plain


def cleaned(spec: FieldSpec, value: object) -> Plain:
    """A value in its one spelling, None for nothing. Raises Unfit."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        return None
    return _READERS[spec.type](spec, value)


def _text(spec: FieldSpec, value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(_("“%(field)s” is a text: give words.") % {"field": spec.title})
    if bad := CONTROL.search(value):
        at = bad.start() + 1
        raise Unfit(
            _("“%(field)s” holds a character no database keeps, at place %(at)d: remove it.")
            % {"field": spec.title, "at": at}
        )
    if spec.type is FieldType.TEXT and ("\n" in value or "\r" in value):
        raise Unfit(_("“%(field)s” is one line: take the line breaks out.") % {"field": spec.title})
    if len(value) > LONGEST[spec.type]:
        raise Unfit(
            _("“%(field)s” has %(n)d characters; at most %(most)d fit: shorten it.")
            % {"field": spec.title, "n": len(value), "most": LONGEST[spec.type]}
        )
    return value


def _number(spec: FieldSpec, value: object) -> str:
    words = _("“%(field)s” is a number such as 12 or 12.5: “%(value)s” is none.") % {
        "field": spec.title,
        "value": str(value)[:40],
    }
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise Unfit(words)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise Unfit(words) from None
    if not number.is_finite() or "_" in str(value):
        raise Unfit(words)
    if abs(number.adjusted()) > DIGITS or len(number.as_tuple().digits) > DIGITS:
        raise Unfit(_("“%(field)s” has more than %(n)d digits.") % {"field": spec.title, "n": DIGITS})
    return spelled(number)


def spelled(number: Decimal) -> str:
    """A number in its one spelling: no exponent, no zeros at the end."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _day(spec: FieldSpec, value: object) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        if not isinstance(value, str) or len(value) != len("2026-01-31"):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Unfit(
            _("“%(field)s” is a day written as 2026-01-31: “%(value)s” is none.")
            % {"field": spec.title, "value": str(value)[:40]}
        ) from None


def _choice(spec: FieldSpec, value: object) -> str:
    for choice in spec.choices:
        if choice.value == value:
            return choice.value
    listed = "、".join(f"{choice.title} ({choice.value})" for choice in spec.choices)
    raise Unfit(
        _("“%(field)s” is one of: %(listed)s. “%(value)s” is not.")
        % {"field": spec.title, "listed": listed, "value": str(value)[:40]}
    )


def _flag(spec: FieldSpec, value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word in YES | NO:
        return word in YES
    raise Unfit(_("“%(field)s” is yes or no.") % {"field": spec.title})


def _file(spec: FieldSpec, value: object) -> str:
    if isinstance(value, Upload) and value.sha256:
        return value.sha256
    raise Unfit(_("“%(field)s” is a file: choose one.") % {"field": spec.title})


_READERS: dict[FieldType, Callable[[FieldSpec, object], Plain]] = {
    FieldType.TEXT: _text,
    FieldType.LONG: _text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _day,
    FieldType.CHOICE: _choice,
    FieldType.FLAG: _flag,
    FieldType.ORGANISATION: _text,
    FieldType.FILE: _file,
}
LONGEST[FieldType.ORGANISATION] = 60


def standing_faults(kind: Compiled, named: Mapping[str, str], units: Mapping[str, Unit]) -> list[Fault]:
    """What is wrong with organisations: `named` field or role → code."""
    faults = []
    for where, code in named.items():
        unit = units.get(code)
        title = kind.title(where)
        if unit is None:
            words = _("“%(field)s”: there is no organisation with the code %(code)s.")
            faults.append(Fault(where, words % {"field": title, "code": code}))
        elif unit.is_closed:
            words = _("“%(field)s”: %(name)s has been closed; choose the one that took over.")
            faults.append(Fault(where, words % {"field": title, "name": unit.short}))
    return faults


def rich(kind: Compiled, key: str, plain: Plain) -> flow.Value:
    """A kept value as conditions and tables want it."""
    if plain is None:
        return None
    if key in kind.numbers:
        return Decimal(plain) if isinstance(plain, str | int) else None
    return date.fromisoformat(str(plain)) if key in kind.days else plain


def shown(kind: Compiled, key: str, plain: Plain) -> str:
    """A kept value as a paper or a title shows it."""
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return pgettext("value", "yes") if plain else pgettext("value", "no")
    if key in kind.choices:
        return kind.choices[key].get(str(plain), str(plain))
    return f"{plain}{kind.fields[key].unit}" if key in kind.fields else str(plain)
