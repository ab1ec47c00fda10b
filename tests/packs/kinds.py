"""A small kind of case as a pack writes it, for tests: located, so that positions can be asked."""

from pathlib import Path

from minhu.packs import Located, open_pack
from minhu.packs.kinds import KINDS, KindSpec
from minhu.packs.linting import Known, LimitFact, PostFact

HEAD = '[pack]\ncode = "p"\nname = "P"\nlanguage = "en"\nversion = "1"\n'
LAMP = """\
[[kind]]
code = "lamp"
title = "A lamp that is out"
summary = "Reported, mended, looked at by somebody else."
headline = "where"
basis = "Town Order 3"
asks = ["where", "phone?", "count?", "seen?"]
assigns = ["mender"]

[[kind.field]]
code = "where"
title = "Where"

[[kind.field]]
code = "phone"
title = "Telephone"
personal = true
purpose = "to ask back"
keep = "keep.short"

[[kind.field]]
code = "count"
title = "How many metres of light are missing"
type = "number"

[[kind.field]]
code = "seen"
title = "Dark since"
type = "date"

[[kind.field]]
code = "danger"
title = "Is it dangerous?"
type = "choice"
choices = [{ value = "yes", title = "Yes" }, { value = "no", title = "No" }]

[[kind.field]]
code = "urgency"
title = "How urgent"
type = "number"

[[kind.field]]
code = "order_paper"
title = "Order for the part"
type = "file"

[[kind.role]]
code = "mender"
title = "Who mends"
assigned = true

[[kind.role]]
code = "office"
title = "The office"
posts = ["office"]

[[kind.place]]
code = "start"
kind = "start"

[[kind.place]]
code = "mend"
title = "Mend it"
role = "mender"

[[kind.place]]
code = "part"
title = "Waiting for the part"
role = "mender"
pauses = "part"

[[kind.place]]
code = "look"
title = "Look at it"
role = "office"

[[kind.place]]
code = "done"
kind = "end"

[[kind.step]]
code = "begin"
takes = ["start"]
puts = ["mend"]
on = "auto"
decides = ["how_urgent"]

[[kind.step]]
code = "mended"
title = "It is mended"
takes = ["mend"]
puts = ["look"]
role = "mender"
asks = ["danger"]
decides = ["how_urgent"]
effect = [{ kind = "notice", to = "office", text = "{where} is mended" }]

[[kind.step]]
code = "order"
title = "Order a part"
takes = ["mend"]
puts = ["part"]
role = "mender"
asks = ["order_paper"]

[[kind.step]]
code = "came"
title = "It came"
takes = ["part"]
puts = ["mend"]
role = "mender"

[[kind.step]]
code = "good"
title = "It shines"
takes = ["look"]
puts = ["done"]
role = "office"
guard = 'urgency >= 1'
apart = ["mended"]

[[kind.step]]
code = "bad"
title = "It is still dark"
takes = ["look"]
puts = ["mend"]
role = "office"

[[kind.step]]
code = "forgotten"
title = "Nobody looked"
takes = ["look"]
puts = ["done"]
on = "long_look"

[[kind.timer]]
code = "long_look"
place = "look"
limit = "lamp.look"

[[kind.pause]]
reason = "part"
title = "Waiting for a part"
clause = "Town Order 3, article 2"
document = "order_paper"

[[kind.clock]]
code = "whole"
title = "Until it shines"
limit = "lamp.days"
starts = ["begin"]
stops = ["done"]
pauses = ["part"]

[[kind.table]]
code = "how_urgent"
title = "How urgent"
basis = "Town Order 3"
article = "article 4"
hit = "F"

[[kind.table.input]]
name = "danger"
allowed = '"yes", "no"'
optional = true

[[kind.table.output]]
name = "urgency"
type = "number"

[[kind.table.rule]]
when = ['"yes"']
then = ["3"]

[[kind.table.rule]]
when = ["-"]
then = ["1"]

[[kind.trace]]
title = "Mended at once"
by = "town-office"
on = 2026-03-02
values = { where = "Mill Lane 3", count = 1.5, seen = 2026-03-01 }
then = { end = "done" }
do = [
  { do = "mended", by = "roads-lead", on = 2026-03-03, values = { danger = "yes" } },
  { do = "bad", by = "town-office", on = 2026-03-04 },
  { do = "order", by = "roads-lead", on = 2026-03-05, values = { order_paper = "order.pdf" } },
  { do = "came", by = "roads-lead", on = 2026-03-09 },
  { do = "mended", by = "roads-lead", on = 2026-03-10, values = { danger = "no" } },
  { do = "timer", on = 2026-03-11 },
  { do = "good", by = "town-office", on = 2026-03-12 },
]
"""
KNOWN = Known(
    limits={
        "lamp.days": LimitFact("working_day"),
        "lamp.look": LimitFact("day"),
        "lamp.sort": LimitFact("day", frozenset({"yes"})),
        "keep.short": LimitFact("month"),
        "match.sure": LimitFact("score"),
    },
    organisations=("town", "roads"),
    posts={"town-office": PostFact("town", "office"), "roads-lead": PostFact("roads", "lead")},
)


def kinds_of(folder: Path, text: str = LAMP) -> tuple[Located[KindSpec], ...]:
    """The kinds of a pack whose file of kinds is this text."""
    (folder / "kinds").mkdir(exist_ok=True)
    (folder / "pack.toml").write_text(HEAD, encoding="utf-8")
    (folder / "kinds" / "lamp.toml").write_text(text, encoding="utf-8")
    return open_pack(folder).read(KINDS)


def lamp(folder: Path, old: str = "", new: str = "") -> Located[KindSpec]:
    """The kind of the lamp, with one passage of its text replaced."""
    assert not old or LAMP.count(old) == 1, f"{old!r} stands {LAMP.count(old)} times"
    return kinds_of(folder, LAMP.replace(old, new) if old else LAMP)[0]
