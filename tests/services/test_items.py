"""Items and guides: lists, versions, handing a guide in as a workbook or TOML, the command."""

import json
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from minhu.packs.guides import ItemSpec, digest_of
from minhu.people.models import Post
from minhu.people.states import Role
from minhu.services.actions.loading import load_items, load_words
from minhu.services.bridge.incoming import read_incoming, template_for
from minhu.services.models import Item, ItemVersion, ThingVersion
from minhu.services.states import VersionState
from minhu.trail.states import SYSTEM
from tests.factories.people import UserFactory
from tests.factories.services import (
    BEARERS,
    ELEMENTS,
    FOOD,
    MATERIALS,
    NOW,
    SHOP,
    lay_law,
    load_all,
    published,
)

pytestmark = pytest.mark.django_db
TOML = """
[[item]]
code = "stall"
name = "临时摊位"
department = "zhifa"
kind = "公共服务"
version = "1"
basis = [{ document = "摊位办法", article = "第一条", strength = "local" }]
field = [{ role = "owner", element = "name", clause = "摊位办法 第二条" }]
requirement = [{ id = "r1", step = "decide", sets = [["identity"]], clause = "摊位办法 第三条" }]
step = [{ id = "decide", kind = "decide", title = "决定", legal = 3, clause = "摊位办法 第四条" }]
"""


@pytest.fixture
def office(client: Client) -> Client:
    """A browser of the reform office."""
    client.force_login(UserFactory(role=Role.OFFICE))
    return client


def browser_of(code: str) -> Client:
    """A browser of the lead officer of a department."""
    browser = Client()
    browser.force_login(UserFactory(post=Post.objects.get(code=f"{code}-post")))
    return browser


def handed_in(browser: Client, content: bytes, name: str):
    """A file looked at."""
    return browser.post(reverse("services:upload"), {"file": SimpleUploadedFile(name, content)})


def test_another_guide_is_another_version_and_the_same_is_none() -> None:
    load_all(lay_law())
    assert load_items(by=SYSTEM, specs=[FOOD], at=NOW).unchanged == 1
    load_items(by=SYSTEM, specs=[replace(FOOD, fee_yuan=10)], at=NOW)
    assert list(ItemVersion.objects.filter(item__code="food").values_list("number", flat=True)) == [2, 1]
    back = load_items(by=SYSTEM, specs=[FOOD], at=NOW)
    assert back.notes == ("food: this is version 1 again, not the latest",)


def test_words_that_change_are_changed() -> None:
    load_all(lay_law())
    specs = [*BEARERS, replace(ELEMENTS[0], title="名字"), *ELEMENTS[1:], *MATERIALS]
    again = load_words(by=SYSTEM, specs=specs, at=NOW)
    assert (again.changed, again.unchanged) == (1, len(specs) - 1)


def test_an_organisation_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match="shichang"):
        load_items(by=SYSTEM, specs=[SHOP], at=NOW)


def test_the_list_and_the_page_of_an_item(office: Client) -> None:
    published()
    assert [row.code for row in office.get(reverse("services:items")).context["rows"]] == [
        "shop", "food", "sign",
    ]  # fmt: skip
    assert [row.code for row in office.get(reverse("services:items"), {"q": "招牌"}).context["rows"]] == [
        "sign"
    ]
    page = office.get(reverse("services:item", args=["food"]))
    assert [row.days for row in page.context["view"].steps] == [
        "规定1天", "规定5天，不计入时限", "规定6天", "规定2天",
    ]  # fmt: skip
    assert [thing.code for thing in page.context["things"]] == ["canteen"]
    assert Client().get(reverse("services:items")).status_code == 302


@pytest.mark.parametrize("spec", [SHOP, FOOD], ids=["shop", "food"])
def test_a_guide_comes_back_from_its_workbook_as_it_was(spec: ItemSpec) -> None:
    load_all(lay_law())
    found = read_incoming(template_for(spec), "guide.xlsx")
    assert found.wrong == []
    assert found.spec is not None
    assert digest_of(found.spec) == digest_of(spec)


def test_a_bad_cell_is_named_and_marked(office: Client) -> None:
    load_all(lay_law())
    book = load_workbook(BytesIO(template_for(FOOD)))
    sheet = book["环节"]
    heading = next(row for row in sheet.iter_rows() if any(str(c.value).startswith("法定") for c in row))
    column = next(c.column for c in heading if str(c.value).startswith("法定"))
    sheet.cell(heading[0].row + 1, column).value = "三天左右"
    kept = BytesIO()
    book.save(kept)
    page = handed_in(office, kept.getvalue(), "guide.xlsx")
    assert page.status_code == 422
    assert page.context["found"].wrong[0].where.startswith("环节 ")
    assert page.context["marked"]
    assert ItemVersion.objects.filter(item__code="food").count() == 1


def test_a_guide_in_toml_is_looked_at_and_then_taken() -> None:
    load_all(lay_law())
    browser = browser_of("zhifa")
    page = handed_in(browser, TOML.encode(), "stall.toml")
    assert page.status_code == 200
    assert not Item.objects.filter(code="stall").exists()
    taken = browser.post(reverse("services:take"), {"kept": page.context["kept"]})
    assert taken.status_code == 302
    assert ItemVersion.objects.get(item__code="stall").loaded_by == "zhifa-post"


def test_a_department_takes_in_its_own_guides_alone() -> None:
    load_all(lay_law())
    page = handed_in(browser_of("weijian"), TOML.encode(), "stall.toml")
    refused = browser_of("weijian").post(reverse("services:take"), {"kept": page.context["kept"]})
    assert refused.status_code == 403
    assert not Item.objects.filter(code="stall").exists()


def test_what_was_not_shown_is_not_taken(office: Client) -> None:
    load_all(lay_law())
    assert office.post(reverse("services:take"), {"kept": "forged"}).url == reverse("services:upload")
    assert Client().post(reverse("services:take")).status_code == 401


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("guide.doc", b"text", "既不是工作簿"),
        ("guide.xlsx", b"no workbook", "guide.xlsx"),
        ("two.toml", (TOML + TOML.replace("stall", "other")).encode(), "一个文件只能有一份"),
        ("bad.toml", b"[[item]\n", "items.toml:1"),
        ("unknown.toml", TOML.replace('"identity"', '"passport"').encode(), "passport"),
        ("nowhere.toml", TOML.replace('"zhifa"', '"nowhere"').encode(), "nowhere"),
        ("baseless.toml", TOML.replace("basis =", "# basis =").encode(), "依据"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, said: str, office: Client) -> None:
    load_all(lay_law())
    page = handed_in(office, content, name)
    assert page.status_code == 422
    told = [" ".join((one.where, one.what, one.how)) for one in page.context["found"].wrong]
    assert any(said in words for words in told), told


def test_a_new_guide_makes_a_draft_of_what_joins_it() -> None:
    published()
    changed = replace(FOOD, visits=2)
    page = handed_in(browser_of("weijian"), template_for(changed), "food.xlsx")
    assert [one.what for one in page.context["changes"]] == ["visits"]
    browser_of("weijian").post(reverse("services:take"), {"kept": page.context["kept"]})
    draft = ThingVersion.objects.get(state=VersionState.DRAFT)
    assert draft.items.get(item__code="food").number == 2


def test_workbooks_are_handed_out(office: Client) -> None:
    published()
    for url in (reverse("services:template"), reverse("services:filled", args=["food"])):
        assert load_workbook(BytesIO(office.get(url).content)).sheetnames[:2] == ["基本信息", "依据"]


def test_the_command_takes_a_guide_in(tmp_path: Path) -> None:
    load_all(lay_law())
    file, out = tmp_path / "stall.toml", StringIO()
    file.write_text(TOML, encoding="utf-8")
    call_command("guide_in", file, "--look", stdout=out)
    assert not Item.objects.filter(code="stall").exists()
    call_command("guide_in", file, stdout=out)
    assert out.getvalue().splitlines() == ["stall 临时摊位: can be taken in", "stall 临时摊位: version 1"]


def test_the_command_tells_what_a_published_list_leaves_open(tmp_path: Path) -> None:
    record = {
        "theme_code": "T1", "theme": "出生", "promised_days": 3, "before": {"days": 30},
        "linked": [
            {"matter": "签发", "limit_days": 5, "result": "证"},
            {"matter": "落户", "limit_days": 9, "result": ""},
        ],
        "materials": [{"name": "身份证", "submit_mode": 2, "necessity": 1}],
    }  # fmt: skip
    file, out = tmp_path / "lists.json", StringIO()
    file.write_text(json.dumps([record]), encoding="utf-8")
    call_command("guide_in", file, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == "T1 出生: 3 items, 2 materials"
    assert "  ask 落户: 3 days are promised; 落户 alone may take 9" in lines
    assert any(line.startswith("  open: ") for line in lines)


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("guide_in", tmp_path / "nothing.toml")
    file = tmp_path / "lists.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="no JSON"):
        call_command("guide_in", file)


def test_real_lists_are_read_as_far_as_they_go(shared: Path) -> None:
    out = StringIO()
    call_command("guide_in", shared / "data" / "one_thing" / "guides.json", stdout=out)
    heads = [line for line in out.getvalue().splitlines() if not line.startswith(" ")]
    assert len(heads) == 3
