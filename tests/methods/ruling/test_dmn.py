"""DMN: our own tables exactly, those of others within the subset, the rest refused by name."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.ruling import (
    Aggregate,
    BadDmn,
    Basis,
    Hit,
    Input,
    Output,
    Type,
    compiled,
    read_dmn,
    write_dmn,
)
from minhu.methods.ruling.dmn_out import DMN
from tests.methods.ruling.tables import BASIS, LIMITS, random_tables, table


@given(random_tables(), st.sampled_from([Hit.UNIQUE, Hit.ANY, Hit.FIRST, Hit.COLLECT, Hit.RULE_ORDER]))
def test_a_table_comes_back_as_it_was(made, hit: Hit) -> None:
    tried = replace(made[0], hit=hit)
    assert read_dmn(write_dmn(tried)) == tried


def test_everything_a_table_can_say_comes_back() -> None:
    assert read_dmn(write_dmn(LIMITS)) == LIMITS
    outs = [Output("o", Type.STRING, ('"a, b"', '"c\\"d"'), '"a, b"', "结果")]
    ranked = table([Input("n", Type.NUMBER, "> 0", True, "数")], outs, [(["-"], ['"a, b"'])], Hit.PRIORITY)
    assert read_dmn(write_dmn(ranked)) == ranked
    summed = table({"n": "number"}, {"o": "number"}, [(["-"], ["1"])], Hit.COLLECT, aggregate=Aggregate.SUM)
    assert read_dmn(write_dmn(summed)) == summed
    bare = replace(summed, basis=Basis("条例"))
    assert read_dmn(write_dmn(bare)) == bare


def test_the_basis_is_the_authority_of_the_decision() -> None:
    root = ET.fromstring(write_dmn(LIMITS))
    href = root.find(f".//{{{DMN}}}requiredAuthority").get("href")
    source = root.find(f"{{{DMN}}}knowledgeSource")
    assert (href, source.get("name")) == (f"#{source.get('id')}", "信访工作条例")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)


OLD = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
COLUMNS = """<input id="i"><inputExpression typeRef="feel:number"><text>amount</text>
</inputExpression></input>
<output id="o" typeRef="string"/>"""
RULE = """<rule id="r"><description>small</description><inputEntry><text> &lt; 100 </text></inputEntry>
<outputEntry><text>"yes"</text></outputEntry></rule>"""


def foreign(body: str = COLUMNS + RULE, said: str = "", around: str = "", space: str = OLD) -> str:
    return (
        f'<definitions xmlns="{space}" id="d">{around}<decision id="grade" name="Grade">'
        f"<decisionTable {said}>{body}</decisionTable></decision></definitions>"
    )


def test_a_file_of_others_becomes_a_table_that_decides() -> None:
    read = read_dmn(foreign(), BASIS)
    assert (read.code, read.title, read.hit, read.rules[0].note) == ("grade", "Grade", Hit.UNIQUE, "small")
    assert compiled(read).decide({"amount": 99}).rows == ({"grade": "yes"},)
    named = read_dmn(foreign(around='<knowledgeSource id="k" name="办法"/>', space=DMN), BASIS)
    assert named.basis == Basis("办法")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<a", "not well-formed: "),
        ("<a/>", "no DMN file: it begins with a"),
        (foreign(space="urn:x"), "no DMN file: it begins with {urn:x}definitions"),
        (foreign(), "the file names no knowledge source"),
        (f'<definitions xmlns="{DMN}"/>', "0 decisions: a table is made from one"),
        (f'<definitions xmlns="{DMN}"><decision id="d"><literalExpression/></decision></definitions>',
         "literalExpression in decision d is not in the subset"),
        (f'<definitions xmlns="{DMN}"><decision id="d"/></definitions>', "decision d is no decision table"),
        (foreign(around='<businessKnowledgeModel id="b"/>'), "businessKnowledgeModel in definitions d"),
        (foreign(said='hitPolicy="BEST"'), "no hit policy is called 'BEST'"),
        (foreign(said='hitPolicy="COLLECT" aggregation="MEAN"'), "no aggregation is called 'MEAN'"),
        (foreign('<input id="i"/>' + RULE), "input 1 asks for nothing"),
        (foreign(COLUMNS.replace("feel:number", "tuple")), "input 1: type 'tuple' is not in the subset"),
        (foreign(COLUMNS.replace('typeRef="string"', "")), "output grade: type '' is not in the subset"),
        (foreign(COLUMNS + '<rule id="r"><context/></rule>'), "context in rule r is not in the subset"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a document type or entities are not accepted"),
        (" " * 2_000_001, "larger than 2000000 characters"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(text: str, words: str) -> None:
    basis = None if words.startswith("the file names") else BASIS
    with pytest.raises(BadDmn, match=words.replace("{", r"\{")):
        read_dmn(text, basis)
