"""Words for what the compiler names by codes: kinds of step, ways of papers, reasons, types of field."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from minhu.methods.composing import FieldType, Form, StepKind, Why
from minhu.packs.guides import Stage

STEPS: dict[str, Promise] = {
    StepKind.ACCEPT: _("acceptance"),
    StepKind.REVIEW: _("review"),
    StepKind.INSPECT: _("inspection"),
    StepKind.EXPERT: _("expert review"),
    StepKind.HEARING: _("hearing"),
    StepKind.DECIDE: _("decision"),
    StepKind.ISSUE: _("issue"),
}
FORMS: dict[str, Promise] = {
    Form.ORIGINAL: _("original"),
    Form.COPY: _("copy"),
    Form.DATA: _("data"),
}
TYPES: dict[str, Promise] = {
    FieldType.TEXT: pgettext_lazy("field", "text"),
    FieldType.CHOICE: _("choice"),
    FieldType.WHOLE: _("whole number"),
    FieldType.NUMBER: pgettext_lazy("field", "number"),
    FieldType.DATE: _("date"),
    FieldType.YES_NO: _("yes or no"),
}
WHYS: dict[str, Promise] = {
    Why.DUPLICATE: _("asked once for all"),
    Why.OUTPUT: _("made on the way"),
    Why.SHARED: _("shared by a department"),
    Why.COMMITTED: _("committed to"),
    Why.OTHER_EVIDENCE: _("other evidence is enough"),
    Why.ONE_APPLICATION: _("one application for all"),
    Why.SAME_VISIT: _("in the same visit"),
}
STAGES: dict[str, Promise] = {
    Stage.BIRTH: pgettext_lazy("stage of life", "Birth"),
    Stage.SCHOOL: pgettext_lazy("stage of life", "School"),
    Stage.WORK: pgettext_lazy("stage of life", "Work"),
    Stage.MARRIAGE: pgettext_lazy("stage of life", "Marriage"),
    Stage.HOME: pgettext_lazy("stage of life", "Home"),
    Stage.HEALTH: pgettext_lazy("stage of life", "Health"),
    Stage.OLD_AGE: pgettext_lazy("stage of life", "Old age"),
    Stage.FAREWELL: pgettext_lazy("stage of life", "Farewell"),
    Stage.START: pgettext_lazy("stage of an enterprise", "Starting"),
    Stage.LICENCE: pgettext_lazy("stage of an enterprise", "Licences"),
    Stage.BUILD: pgettext_lazy("stage of an enterprise", "Land and building"),
    Stage.OPERATE: pgettext_lazy("stage of an enterprise", "Running"),
    Stage.CHANGE: pgettext_lazy("stage of an enterprise", "Changing"),
    Stage.EXIT: pgettext_lazy("stage of an enterprise", "Closing"),
}


def stage_words(code: str) -> str:
    """A stage in words."""
    return str(STAGES.get(code, code))


def legal_words(legal: int, promised: int | None, *, counted: bool) -> str:
    """The days of a step: by rule, promised, and whether they count."""
    if promised is None:
        words = gettext("%s by rule") % legal
    else:
        words = gettext("%(a)s by rule, %(b)s promised") % {"a": legal, "b": promised}
    return words if counted else gettext("%s, not counted") % words
