"""Tables for tests: the limits of a voice by hand, and random ones with the plain meaning of their cells."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from minhu.methods.ruling import Aggregate, Basis, Hit, Input, Output, Rule, Table, Type

BASIS = Basis("信访工作条例", "第二十三条", "https://www.gov.cn/")


def table(inputs, outputs, rules, hit=Hit.UNIQUE, **more) -> Table:
    """A table from short words: `{"n": "number"}`, rows of (tests, values)."""
    return Table(
        "tried",
        tuple(inputs) if isinstance(inputs, list) else tuple(Input(n, Type(t)) for n, t in inputs.items()),
        tuple(outputs)
        if isinstance(outputs, list)
        else tuple(Output(n, Type(t)) for n, t in outputs.items()),
        tuple(Rule(tuple(when), tuple(then)) for when, then in rules),
        BASIS,
        hit,
        **more,
    )


LIMITS = Table(
    "voice.limit",
    (
        Input("channel", Type.STRING, '"letter", "hotline", "deputy"', title="渠道"),
        Input("kind", Type.STRING, optional=True),
        Input("received_on", Type.DATE),
    ),
    (Output("days", Type.NUMBER), Output("unit", Type.STRING, default='"day"')),
    (
        Rule(('"letter"', "-", '>= date("2022-05-01")'), ("60", '"day"'), "办结"),
        Rule(('"letter"', "-", '< date("2022-05-01")'), ("60 + 30", '"day"')),
        Rule(('"hotline"', 'not("enterprise")', "-"), ("5", '"working_day"')),
        Rule(('"hotline"', '"enterprise"', "-"), ("5", '"working_day"'), "企业 <诉求>"),
        Rule(('"deputy"', "-", "-"), ("3", '"month"')),
    ),
    BASIS,
    title="时限",
)

# One strategy per type: the text of a test, and what it means of a value that is not null.
Meaning = Callable[[object], bool | None]


def _number_tests() -> st.SearchStrategy[tuple[str, Meaning]]:
    numbers = st.integers(-3, 3)
    return st.one_of(
        numbers.map(lambda n: (str(n), lambda v: v == n)),
        numbers.map(lambda n: (f"< {n}", lambda v: v < n)),
        numbers.map(lambda n: (f">={n}", lambda v: v >= n)),
        st.tuples(numbers, st.integers(0, 3)).map(
            lambda p: (f"[{p[0]}..{p[0] + p[1]}[", lambda v: p[0] <= v < p[0] + p[1])
        ),
        st.tuples(numbers, st.integers(0, 3)).map(
            lambda p: (f"({p[0]}..{p[0] + p[1]}]", lambda v: p[0] < v <= p[0] + p[1])
        ),
    )


def _string_tests() -> st.SearchStrategy[tuple[str, Meaning]]:
    return st.sampled_from(["a", "b", "x", 'q"u']).map(
        lambda s: ('"' + s.replace('"', '\\"') + '"', lambda v: v == s)
    )


def _date_tests() -> st.SearchStrategy[tuple[str, Meaning]]:
    days = st.integers(0, 4).map(lambda n: date(2026, 2, 27) + timedelta(days=n))
    return st.one_of(
        days.map(lambda d: (f'date("{d}")', lambda v: v == d)),
        days.map(lambda d: (f'> date("{d}")', lambda v: v > d)),
        days.map(lambda d: (f'<= date("{d}")', lambda v: v <= d)),
    )


def _boolean_tests() -> st.SearchStrategy[tuple[str, Meaning]]:
    return st.booleans().map(lambda flag: ("true" if flag else "false", lambda v: v is flag))


SINGLE = {
    Type.NUMBER: _number_tests(),
    Type.STRING: _string_tests(),
    Type.DATE: _date_tests(),
    Type.BOOLEAN: _boolean_tests(),
}
VALUES = {
    Type.NUMBER: st.integers(-4, 4) | st.decimals(-4, 4, places=1),
    Type.STRING: st.sampled_from(["a", "b", "x", 'q"u', "", "other"]),
    Type.DATE: st.integers(-1, 6).map(lambda n: date(2026, 2, 27) + timedelta(days=n)),
    Type.BOOLEAN: st.booleans(),
}


@st.composite
def cells(draw: st.DrawFn, type_: Type) -> tuple[str, Meaning]:
    """A cell and its meaning, null included: None where it is unknown."""
    how = draw(st.sampled_from(["single", "single", "any", "null", "several", "not"]))
    if how == "any":
        return "-", lambda v: True
    if how == "null":
        return "null", lambda v: v is None
    parts = draw(st.lists(SINGLE[type_], min_size=1, max_size=1 if how == "single" else 3))
    text = ", ".join(part for part, _ in parts)
    negated = how == "not"

    def meant(value: object) -> bool | None:
        return None if value is None else any(test(value) for _, test in parts) is not negated

    return (f"not({text})" if negated else text), meant


@st.composite
def random_tables(draw: st.DrawFn, hit: Hit = Hit.RULE_ORDER) -> tuple[Table, list[list[Meaning]]]:
    """A table of up to three inputs, with the meaning of every cell."""
    types = draw(st.lists(st.sampled_from(list(Type)), min_size=1, max_size=3))
    rows = draw(st.lists(st.tuples(*(cells(type_) for type_ in types)), max_size=6))
    inputs = [Input(f"i{n}", type_, optional=True) for n, type_ in enumerate(types)]
    rules = [([text for text, _ in row], [str(number)]) for number, row in enumerate(rows, 1)]
    return table(inputs, {"o": "number"}, rules, hit), [[meant for _, meant in row] for row in rows]


def questions(tried: Table) -> st.SearchStrategy[dict[str, object]]:
    """Values for every input, null among them."""
    values = st.tuples(*(st.none() | VALUES[column.type] for column in tried.inputs))
    return values.map(lambda drawn: {c.name: v for c, v in zip(tried.inputs, drawn, strict=True)})


AGGREGATES = [(Aggregate.SUM, Decimal(6)), (Aggregate.LEAST, Decimal(1)), (Aggregate.MOST, Decimal(3)),
              (Aggregate.COUNT, Decimal(3))]  # fmt: skip
