"""Nets for tests: the hazard of Ningbo by hand, and random ones built of blocks, sound by construction."""

import random
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from minhu.methods.flow import (
    ALL,
    Command,
    Effect,
    Kind,
    Marking,
    Net,
    Pause,
    Place,
    Timer,
    Transition,
    begin,
    guard,
    offers,
    step,
)


def place(code: str, kind: Kind = Kind.TASK, **more) -> Place:
    return Place(code, kind, **more)


START, END = place("start", Kind.START), place("end", Kind.END)


def net(places, transitions, **more) -> Net:
    return Net("tried", (START, END, *places), tuple(transitions), **more)


def line(code: str, src: str, dst: str, on: str = "", when: str = "", **more) -> Transition:
    return Transition(code, (src,), (dst,), on, guard(when) if when else None, **more)


HAZARD = Net(
    "hazard",
    (
        START,
        place("graded", Kind.ROUTE),
        place("plan", role="owner"),
        place("rectify", role="owner", title="整改", most=3),
        place("listed", Kind.MILESTONE),
        place("expert", role="expert"),
        place("government", role="supervisor", pauses="inspection"),
        place("expert_done", Kind.WAIT),
        place("government_done", Kind.WAIT),
        place("visit", role="owner"),
        END,
        place("withdrawn", Kind.END),
    ),
    (
        line("grade", "start", "graded", "grade", "level is missing or not level is missing"),
        Transition("major", ("graded",), ("plan", "listed"), guard=guard('level = "major"'),
                   effects=(Effect("notice", (("to", "supervisor"), ("paper", "挂牌"))),)),
        line("minor", "graded", "rectify"),
        line("planned", "plan", "rectify", "done"),
        Transition("rectified", ("rectify",), ("expert", "government"), "done"),
        line("late", "rectify", "plan", "too_late"),
        line("expert_yes", "expert", "expert_done", "accept"),
        line("government_yes", "government", "government_done", "accept", 'by != "owner"'),
        Transition("returned", ("expert",), ("rectify",), "return", clears=("government", "government_done")),
        Transition("accepted", ("expert_done", "government_done"), ("end",), clears=("visit",)),
        Transition("visit_site", (), ("visit",), "visit", reads=("rectify",)),
        line("visited", "visit", "seen", "done"),
        Transition("withdraw", (), ("withdrawn",), "withdraw", reads=("rectify",), clears=(ALL,)),
    ),
    (Timer("too_late", "rectify", "hazard.days"),),
    (Pause("inspection", "第十条", "委托书"),),
    (frozenset({"expert", "government"}),),
    "隐患闭环",
)  # fmt: skip
HAZARD = Net(
    HAZARD.code,
    (*HAZARD.places, place("seen", Kind.MILESTONE)),
    HAZARD.transitions,
    HAZARD.timers,
    HAZARD.pauses,
    HAZARD.parallels,
    HAZARD.title,
)


def branches(count: int, long: int = 1) -> Net:
    """A split into so many branches of so many tasks, and their join."""
    places = [place(f"t{b}.{n}") for b in range(count) for n in range(long)]
    places += [place(f"w{b}", Kind.WAIT) for b in range(count)]
    heads, waits = tuple(f"t{b}.0" for b in range(count)), tuple(f"w{b}" for b in range(count))
    moves = [Transition("split", ("start",), heads)]
    for b in range(count):
        ways = [f"t{b}.{n}" for n in range(long)] + [f"w{b}"]
        moves += [line(f"d{b}.{n}", ways[n], ways[n + 1], "done") for n in range(long)]
    moves.append(Transition("join", waits, ("end",)))
    return net(places, moves, parallels=(frozenset(heads),) if count > 1 else ())


@dataclass
class Blocks:
    """A net growing block by block between two places."""

    draw: st.DrawFn
    places: list[Place] = field(default_factory=list)
    moves: list[Transition] = field(default_factory=list)

    def new(self, kind: Kind = Kind.TASK) -> str:
        self.places.append(place(f"p{len(self.places)}", kind))
        return self.places[-1].code

    def move(self, takes: tuple[str, ...], puts: tuple[str, ...], on: str = "", when: str = "") -> None:
        self.moves.append(Transition(f"t{len(self.moves)}", takes, puts, on, guard(when) if when else None))

    def block(self, src: str, dst: str, depth: int) -> None:
        kind = (
            self.draw(st.sampled_from(["task", "task", "row", "choice", "split", "again"]))
            if depth
            else "task"
        )
        getattr(self, kind)(src, dst, depth - 1)

    def task(self, src: str, dst: str, depth: int) -> None:
        here = self.new()
        self.move((src,), (here,))
        self.move((here,), (dst,), self.draw(st.sampled_from(["done", "pass"])))

    def row(self, src: str, dst: str, depth: int) -> None:
        middle = self.new(Kind.WAIT)
        self.block(src, middle, depth)
        self.block(middle, dst, depth)

    def choice(self, src: str, dst: str, depth: int) -> None:
        ways = [self.new(Kind.ROUTE), self.new(Kind.ROUTE)]
        self.move(
            (src,), (ways[0],), when=self.draw(st.sampled_from(["n > 1", 'kind = "a"', "attempts.start < 1"]))
        )
        self.move((src,), (ways[1],))
        for way in ways:
            self.block(way, dst, depth)

    def split(self, src: str, dst: str, depth: int) -> None:
        count = self.draw(st.integers(2, 3))
        heads = [self.new(Kind.WAIT) for _ in range(count)]
        tails = [self.new(Kind.WAIT) for _ in range(count)]
        self.move((src,), tuple(heads))
        for head, tail in zip(heads, tails, strict=True):
            self.block(head, tail, depth)
        self.move(tuple(tails), (dst,))

    def again(self, src: str, dst: str, depth: int) -> None:
        here = self.new()
        self.move((src,), (here,))
        back = self.new(Kind.WAIT)
        self.move((here,), (back,), "return")
        self.block(back, here, depth)
        self.move((here,), (dst,), "done")


@st.composite
def sound_nets(draw: st.DrawFn) -> Net:
    """Rows, choices, splits with their joins, and loops, inside each other."""
    blocks = Blocks(draw)
    blocks.block("start", "end", draw(st.integers(0, 3)))
    return net(blocks.places, blocks.moves)


@st.composite
def crooked_nets(draw: st.DrawFn) -> Net:
    """Sound nets in which some arcs were bent elsewhere: now and then still sound."""
    made = draw(sound_nets())
    inner = [p.code for p in made.places if p.kind not in {Kind.START, Kind.END}]
    moves = list(made.transitions)
    for _ in range(draw(st.integers(1, 2))):
        number = draw(st.integers(0, len(moves) - 1))
        bent = draw(st.sampled_from(["takes", "puts", "on", "reads", "clears"]))
        if bent == "on":
            moves[number] = replace(moves[number], on=draw(st.sampled_from(["", "done", "other"])))
            continue
        least = int(bent in {"takes", "puts"})
        few = draw(st.lists(st.sampled_from(inner), min_size=least, max_size=2, unique=True))
        moves[number] = replace(moves[number], **{bent: tuple(few)})
    return replace(made, transitions=tuple(moves))


DATA = {"n": 2, "kind": "b"}


def walk(tried: Net, dice: random.Random, most: int = 60):
    """A case driven by chance: each step with the command that made it."""
    now = begin(tried, DATA)
    yield Command(), Marking(), now
    for _ in range(most):
        open_ = [offer for offer in offers(tried, now.marking, DATA) if not offer.obstacle]
        if not open_:
            return
        chosen = dice.choice(open_)
        command = Command(chosen.transition.on, place=chosen.place, attempt=chosen.attempt)
        before, now = now.marking, step(tried, now.marking, DATA, command)
        yield command, before, now
