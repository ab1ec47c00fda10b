"""What an answer leaves open: warns its writer, scores nobody."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
WHO = re.compile(
    r"局|办|中心|街道|镇|委|大队|公司|物业|社区|分局|我们|本单位|we|office|bureau", re.IGNORECASE
)
WHEN = re.compile(
    r"[\d一二三四五六七八九十]+ ?(个?月|日|天|年|周|小时|时)|月底|年底|已于|即日|within|by \w+|\d{4}-\d"
)
HOW = re.compile(
    r"将|已|通过|采取|安排|增设|调整|清理|整改|维修|更换|协调|改造|检查|will|have|has|install|repair"
)
BASIS = re.compile(
    r"《[^》]+》|第[一二三四五六七八九十百0-9]+条|依据|根据|按照|规定|law|regulation|article", re.IGNORECASE
)
LEFT = re.compile(
    r"办不到|不能|无法|暂|尚|如.{0,6}(不满意|异议|疑问)|联系|电话|途径|复查|复核|if you|contact|cannot"
)


@dataclass(frozen=True, slots=True)
class Missing:
    """An element an answer lacks, and what to add."""

    element: str
    words: Words


ELEMENTS = (
    ("who", WHO, _("Who does it? Name the office or firm.")),
    ("when", WHEN, _("By when? Give a day.")),
    ("how", HOW, _("What is done, or was done?")),
    ("basis", BASIS, _("On what basis? Name the rule or the plan.")),
    ("open", LEFT, _("What remains open, and where can the author turn?")),
)


def of_reply(message: str, text: str) -> tuple[Missing, ...]:
    """The elements an answer lacks."""
    return tuple(Missing(code, words) for code, sign, words in ELEMENTS if not sign.search(text))
