"""Decision tables: cells that cannot be read, rows that clash or never decide, what no row answers."""

from dataclasses import replace

from minhu.methods import ruling
from minhu.packs.kinds import FieldType, InputSpec, OutputSpec, StepSpec, TableSpec
from minhu.packs.linting.lens import Lens
from minhu.packs.linting.time import arcs, following
from minhu.packs.nets import table_of
from minhu.packs.positions import did_you_mean

UNREADABLE = "this table does not fit together: {reason}"
BAD_CELL = "this cell cannot be read: {reason}"
NO_VALUE = "no field is called “{code}”"
OTHER_TYPE = "“{code}” is a field of type {field}: the column must be {wanted}, not {type}"
PERSONAL = "a table reads “{code}”, which is personal: once it is erased, nobody can follow the decision"
MAY_MISS = "“{code}” may be missing when step “{step}” asks the table: write optional = true, or ask for it"
NO_CHOICE = "{code} is no choice of “{field}”"
GAP = "no row answers {where}"
CLASH = "rows {first} and {second} both match {where}"
IDLE = "row {number} never decides: the rows before it, or the values allowed, leave it nothing"
NO_ROWS = "a table without rows decides nothing"
NO_BASIS = "say on which article of “{basis}” the table rests (article)"

TYPES = {
    FieldType.NUMBER: "number",
    FieldType.DATE: "date",
    FieldType.FLAG: "boolean",
}
"""The type of a column that holds a field; all else is string."""
ONE_ANSWER = {"U", "A", "P", "F"}


def check(lens: Lens) -> None:
    """Every table: its head, then its cells, then all its rows together."""
    for number, table in enumerate(lens.spec.table):
        for place, column in enumerate(table.input):
            check_column(lens, column, ("table", number, "input", place))
        for place, out in enumerate(table.output):
            check_column(lens, out, ("table", number, "output", place))
        check_missing(lens, number, table)
        if not table.article.strip():
            lens.doubt(NO_BASIS, "table", number, "basis", basis=table.basis)
        if not table.rule:
            lens.wrong(NO_ROWS, "table", number, "code")
        elif compiled := readable(lens, number, table):
            check_choices(lens, number, table)
            check_whole(lens, number, compiled)


def check_column(lens: Lens, column: InputSpec | OutputSpec, path: tuple[str | int, ...]) -> None:
    """A column is a value of the case, in its type."""
    if not lens.refer(column.name, lens.types, NO_VALUE, *path, "name"):
        return
    kind = lens.types[column.name]
    wanted = TYPES.get(kind, "string")
    if column.type != wanted:
        said = {"code": column.name, "field": str(kind), "wanted": wanted, "type": column.type}
        lens.wrong(OTHER_TYPE, *path, "type", hint=f'write type = "{wanted}"', **said)


def check_missing(lens: Lens, number: int, table: TableSpec) -> None:
    """What a table tests is there whenever it is asked, or the table knows that it may be missing."""
    asking = [step for step in lens.spec.step if table.code in step.decides]
    for place, column in enumerate(table.input):
        field, path = lens.fields.get(column.name), ("table", number, "input", place, "name")
        if field and field.personal:
            lens.wrong(PERSONAL, *path, code=column.name)
        if column.optional or field is None:
            continue
        for step in asking:
            if column.name not in known_before(lens, step):
                lens.wrong(MAY_MISS, *path, code=column.name, step=step.code)


def known_before(lens: Lens, step: StepSpec) -> set[str]:
    """The fields that may have been said, and not left out, when a step is done."""
    ahead = arcs(lens)
    before = [one for one in lens.spec.step if step.code in following([one.code], ahead)]
    decided = {table.code: [out.name for out in table.output] for table in lens.spec.table}
    earlier = {name for one in before for code in one.decides for name in decided.get(code, ())}
    copied = {name for effect, _ in lens.openers for name in effect.copies}
    asked = {name for one in (*before, step) for name in one.needed}
    now = {name for code in step.decides for name in decided.get(code, ())}
    return {*lens.spec.asks, *copied, *asked, *earlier, *now}


def readable(lens: Lens, number: int, table: TableSpec) -> ruling.Compiled | None:
    """The table compiled, its choices as the values allowed; or what keeps it from being read."""
    inputs = tuple(replace(one, allowed=one.allowed or choices(lens, one.name)) for one in table.input)
    try:
        return ruling.compiled(table_of(replace(table, input=inputs)))
    except ruling.BadCell as error:
        path = cell_of(table, number, error)
        reason = error.words.rpartition(f"of {error.text!r}: ")[2]
        lens.wrong_inside(error.at, BAD_CELL, *path, reason=reason, hint=hint_of(table, reason))
    except ruling.RulingError as error:
        words = str(error).removeprefix(f"{table.code}: ")
        lens.wrong(UNREADABLE, *row_of(number, words), reason=words)
    return None


def choices(lens: Lens, name: str) -> str:
    """The choices of a field as a cell that allows them."""
    field = lens.fields.get(name)
    return ", ".join(f'"{choice.value}"' for choice in field.choices) if field else ""


def cell_of(table: TableSpec, number: int, error: ruling.BadCell) -> tuple[str | int, ...]:
    """The way to the cell that could not be read."""
    inputs, outputs = [one.name for one in table.input], [one.name for one in table.output]
    is_input = error.column in inputs and (
        error.row == 0 or table.rule[error.row - 1].when[inputs.index(error.column)] == error.text
    )
    if error.row:
        columns, part = (inputs, "when") if is_input else (outputs, "then")
        return ("table", number, "rule", error.row - 1, part, columns.index(error.column))
    if is_input:
        return ("table", number, "input", inputs.index(error.column), "allowed")
    place = outputs.index(error.column)
    if error.text in table.output[place].values:
        return ("table", number, "output", place, "values", table.output[place].values.index(error.text))
    return ("table", number, "output", place, "default")


def row_of(number: int, words: str) -> tuple[str | int, ...]:
    """The way to the row that a message names, else to the table."""
    head, _, rest = words.partition(" ")
    figure = rest.partition(" ")[0]
    if head == "row" and figure.isdecimal():
        return ("table", number, "rule", int(figure) - 1)
    return ("table", number, "code")


def hint_of(table: TableSpec, words: str) -> str:
    """A bare word in a cell is most often a string without its quotes."""
    if not words.startswith("no input is called "):
        return ""
    word = words.removeprefix("no input is called ").partition(";")[0]
    near = did_you_mean(word, [one.name for one in table.input])
    return near if near.startswith("did") else f"""write '"{word}"'"""


def check_choices(lens: Lens, number: int, table: TableSpec) -> None:
    """What a table answers in a field of choices is one of them."""
    for place, out in enumerate(table.output):
        field = lens.fields.get(out.name)
        if field is None or field.type is not FieldType.CHOICE:
            continue
        values = [f'"{choice.value}"' for choice in field.choices]
        cells: list[tuple[str, tuple[str | int, ...]]] = [
            (row.then[place], ("rule", n, "then", place)) for n, row in enumerate(table.rule)
        ]
        cells += [(out.default, ("output", place, "default"))] if out.default else []
        for cell, path in cells:
            if cell.startswith('"') and cell not in values:
                hint = did_you_mean(cell, values)
                lens.wrong(NO_CHOICE, "table", number, *path, code=cell, field=out.name, hint=hint)


def check_whole(lens: Lens, number: int, compiled: ruling.Compiled) -> None:
    """Gaps, clashes and idle rows."""
    table = compiled.table
    report = ruling.analysed(compiled)
    answered = all(out.default for out in table.outputs) or table.hit not in ONE_ANSWER
    for gap in () if answered else report.gaps[:5]:
        say = lens.doubt if report.unclear else lens.wrong
        say(GAP, "table", number, "code", where=spelt(gap), hint="add a row, or a default to every output")
    for meeting in report.meetings:
        first, second = meeting.rules
        said = {"first": first, "second": second, "where": spelt(meeting.where)}
        hint = 'make one of them narrower, or write hit = "F"'
        lens.wrong(CLASH, "table", number, "rule", second - 1, hint=hint, **said)
    for row in report.idle:
        lens.doubt(IDLE, "table", number, "rule", row - 1, number=row)


def spelt(where: ruling.analysis.Where) -> str:
    """Cells as a condition in words."""
    return ", ".join(f"{name}: {cell}" for name, cell in where.items()) or "anything"
