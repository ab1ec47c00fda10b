"""What would be right, in words: the findings of the validator in the language of the reader."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAYINGS: dict[str, str | Promise] = {
    "missing": _("is missing and must be given"),
    "extra_forbidden": _("is not a name this operation knows"),
    "string_type": _("must be a text"),
    "string_unicode": _("must be a text in sound Unicode"),
    "string_too_short": _("must have at least %(min_length)s characters"),
    "string_too_long": _("may have at most %(max_length)s characters"),
    "string_pattern_mismatch": _("must fit the pattern %(pattern)s"),
    "nul": _("cannot hold the character U+0000"),
    "int_type": _("must be a whole number"),
    "int_parsing": _("must be a whole number"),
    "int_from_float": _("must be a whole number"),
    "int_parsing_size": _("is a number too large"),
    "float_type": _("must be a number"),
    "float_parsing": _("must be a number"),
    "finite_number": _("must be a number"),
    "greater_than_equal": _("must be %(ge)s or more"),
    "less_than_equal": _("must be %(le)s or less"),
    "bool_type": _("must be true or false"),
    "bool_parsing": _("must be true or false"),
    "enum": _("must be one of %(expected)s"),
    "literal_error": _("must be one of %(expected)s"),
    "date_type": _("must be a day as in 2026-03-31"),
    "date_parsing": _("must be a day as in 2026-03-31"),
    "date_from_datetime_parsing": _("must be a day as in 2026-03-31"),
    "date_from_datetime_inexact": _("must be a day as in 2026-03-31"),
    "list_type": _("must be a list"),
    "too_long": _("may have at most %(max_length)s entries"),
    "too_short": _("must have at least %(min_length)s entries"),
    "dict_type": _("must be an object"),
    "model_type": _("must be an object"),
    "model_attributes_type": _("must be an object"),
}
OTHERWISE = _("is not what this operation reads; see its description")


def said_of(finding: Mapping[str, Any]) -> str:
    """One finding of the validator as the end of a sentence that begins with the field."""
    words = str(SAYINGS.get(str(finding["type"]), OTHERWISE))
    try:
        return str(words % finding.get("ctx", {}))
    except (KeyError, TypeError):
        return str(OTHERWISE)
