"""Published one-thing guides as far as they go: a draft bundle, what they leave open, what to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minhu.methods.composing.asking import Declared, Matter, Query, queries
from minhu.methods.composing.bundle import Bundle, Material
from minhu.methods.composing.guides import Days, Guide, Output, Requirement, Step, StepKind

SYSTEM_FORM, LICENCE, INTERFACE, APPLICANT = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Draft:
    """A bundle with one step per linked matter, what a person must still fill in, and questions to ask."""

    bundle: Bundle
    open_points: tuple[str, ...]
    queries: tuple[Query, ...]


def draft(record: Mapping[str, Any]) -> Draft:
    """Read one record: theme_code, theme, lead, linked (matter, limit_days, result), materials (name,
    submit_mode, necessity), conditions, promised_days, before.days.

    The lists do not say which matter asks for which paper, so a guide of the whole asks for all; they state
    no clauses, so the published guide itself stands as the basis. Raises ValueError naming what is missing.
    """
    lacking = [key for key in ("theme_code", "theme", "linked", "materials") if not record.get(key)]
    if lacking:
        raise ValueError(f"published guide {record.get('theme', '?')}: no {', '.join(lacking)}")
    code, linked, materials = record["theme_code"], record["linked"], record["materials"]
    basis = (f"{record['theme']} {code}",)
    matters = [matter_guide(number, each, basis) for number, each in enumerate(linked, 1)]
    whole = whole_guide(record, basis)
    results = [Material(output.material, output.material) for guide in matters for output in guide.outputs]
    papers = [material_of(number, each) for number, each in enumerate(materials, 1)]
    dictionary = {material.code: material for material in (*papers, *results)}
    bundle = Bundle(code, record["theme"], (whole, *matters), materials=tuple(dictionary.values()))
    return Draft(bundle, tuple(open_points(record)), tuple(questions(record)))


def matter_guide(number: int, matter: Mapping[str, Any], basis: tuple[str, ...]) -> Guide:
    """A linked matter: one step as long as its own limit."""
    step = Step("decide", StepKind.DECIDE, "", Days(matter["limit_days"]), clause=basis[0])
    result = str(matter.get("result") or "").strip()
    outputs = (Output(result, "decide"),) if result and not result.startswith(("无", "暂无")) else ()
    return Guide(f"m{number}", matter["matter"], "", basis, steps=(step,), outputs=outputs)


def whole_guide(record: Mapping[str, Any], basis: tuple[str, ...]) -> Guide:
    """The application itself, which asks for every paper the list holds."""
    accept = Step("accept", StepKind.ACCEPT, record.get("lead") or "", Days(0), clause=basis[0])
    needs = tuple(
        Requirement(f"p{number}", "accept", ((f"p{number}",),), clause=basis[0])
        for number, each in enumerate(record["materials"], 1)
        if each["submit_mode"] != SYSTEM_FORM and each["necessity"] == 1
    )
    return Guide(
        "whole", record["theme"], record.get("lead") or "", basis, requirements=needs, steps=(accept,)
    )


def material_of(number: int, material: Mapping[str, Any]) -> Material:
    """A paper of the list: electronic licences and interface checks are shared at once."""
    shared = material["submit_mode"] in (LICENCE, INTERFACE)
    return Material(f"p{number}", material["name"], not shared, 0 if shared else None)


def open_points(record: Mapping[str, Any]) -> list[str]:
    """What the record does not say and a guide needs."""
    linked: Sequence[Mapping[str, Any]] = record["linked"]
    conditional = [each["name"] for each in record["materials"] if each["necessity"] != 1]
    points = ["no legal basis is stated for any matter", "no matter's fields are listed"]
    points += ["which matter asks for which paper is not said", "no order between matters is stated"]
    points += [] if record.get("coop") else ["no departments are named"]
    points += [] if record.get("lead") else ["no lead department is named"]
    points += [f"when is it asked for: {name}" for name in conditional]
    points += [f"a condition without options: {text}" for text in record.get("conditions") or ()]
    names = [each["matter"] for each in linked]
    points += [
        f"{name}: what does it lead to?" for name, each in zip(names, linked, strict=True) if no_result(each)
    ]
    return points + ([str(record["note"])] if record.get("note") else [])


def no_result(matter: Mapping[str, Any]) -> bool:
    """Whether a matter names no result."""
    return not str(matter.get("result") or "").strip()


def questions(record: Mapping[str, Any]) -> list[Query]:
    """Questions that the declared numbers raise."""
    matters = [Matter(each["matter"], each["limit_days"]) for each in record["linked"]]
    before = record.get("before") or {}
    return queries(Declared(record.get("promised_days"), before.get("days")), matters)
