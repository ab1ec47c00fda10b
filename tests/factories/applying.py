"""A canteen somebody applies for, with conditional fields, consents, a child; an applicant with a browser."""

import base64
import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minhu.packs.guides import BearerSpec, ConsentSpec, ElementSpec, ItemField
from minhu.packs.guides.parts import BoundsSpec
from minhu.rulebook.states import Unit
from minhu.services.actions.drafts import refresh_draft
from minhu.services.actions.loading import load_items, load_things, load_words
from minhu.services.actions.publishing import publish_thing
from minhu.services.bridge.applying.walking import Stop, Walk
from minhu.services.models import Application, Thing, ThingVersion
from minhu.services.queries import applying as queries
from minhu.trail.states import SYSTEM
from tests.factories.rulebook import LimitFactory
from tests.factories.services import (
    BEARERS,
    ELEMENTS,
    FOOD,
    MATERIALS,
    NOW,
    OFFICER,
    OPENING,
    SHOP,
    SIGN,
    lay_law,
)

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LIMITS = {
    "application.draft_days": (30, Unit.DAY),
    "privacy.application_keep_months": (24, Unit.MONTH),
    "privacy.assessment_keep_months": (36, Unit.MONTH),
    "upload.max_megabytes": (1, Unit.MEGABYTE),
}
EXTRA = (
    ElementSpec("fume", "油烟排放口位置"),
    ElementSpec("children", "在校子女姓名", personal=True, purpose="入园", keep="personal.keep_months",
                bounds=BoundsSpec(longest=20)),
)  # fmt: skip
KITCHEN = replace(
    FOOD,
    field=(*FOOD.field, ItemField("place", "fume", condition="place.kitchen = yes", clause="办法 第十二条")),
)
CANTEEN = replace(OPENING, consent=(ConsentSpec("share", "我同意部门之间共享本次申请的材料。"),))
FAMILY = replace(
    CANTEEN, child_data=True, assessment="影响评估〔2026〕1号",
    consent=(*CANTEEN.consent, ConsentSpec("child", "我是监护人，同意处理孩子的姓名。", child=True)),
)  # fmt: skip
ITEMS = (SHOP, KITCHEN, SIGN)


def lay(thing: Any = CANTEEN, items: Any = ITEMS) -> ThingVersion:
    """A published canteen with all limits it stands on."""
    version = lay_law()
    for code, (value, unit) in LIMITS.items():
        LimitFactory(code=code, value=value, unit=unit, pack_version=version)
    return publish(version, thing, items)


def publish(pack_version: Any, thing: Any = CANTEEN, items: Any = ITEMS, at: Any = NOW) -> ThingVersion:
    """Another version, or the first, published."""
    load_words(
        by=SYSTEM,
        specs=[*BEARERS, BearerSpec("child", "孩子", "child"), *ELEMENTS, *EXTRA, *MATERIALS],
        at=at,
    )
    load_items(by=SYSTEM, specs=items, at=at)
    load_things(by=SYSTEM, specs=[thing], at=at)
    row = Thing.objects.get(code=thing.code)
    draft = refresh_draft(by=SYSTEM, thing=row, pack_version=pack_version, at=at)
    return publish_thing(by=OFFICER, version=draft, at=at)


def file(content: bytes = PDF, name: str = "scan.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/pdf")


@dataclass
class Applicant:
    """Somebody with a browser: answers as `says` tells (by field or question), else anything that fits."""

    says: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    thing: str = "canteen"
    pk: int = 0

    @property
    def row(self) -> Application:
        """The application as it stands."""
        found = queries.application_by_pk(self.pk)
        assert found is not None
        return found

    @property
    def walk(self) -> Walk:
        """Its way."""
        return Walk(self.row)

    def begin(self, **more: str) -> "Applicant":
        """Begin a draft."""
        answer = self.client.post(f"/services/apply/{self.thing}/", more)
        assert answer.status_code == 302, answer.content.decode()
        self.pk = Application.objects.latest("pk").pk
        return self

    def url(self, stop: Stop) -> str:
        """The address of a stop."""
        kind = {"situation": "situation", "form": "form", "papers": "papers"}.get(stop.kind)
        end = f"{kind}/{stop.code}/" if kind else f"{stop.kind}/"
        return f"/services/apply/{self.thing}/{end}"

    def answers(self, stop: Stop) -> dict[str, Any]:
        """What is filled in there."""
        walk = self.walk
        if stop.kind == "situation":
            question = next(one for one in walk.whole.thing.question if one.code == stop.code)
            return {"answer": self.says.get(stop.code, question.options[0])}
        if stop.kind == "form":
            found = walk.page(stop.code)
            assert found is not None
            return {f"f{n}": self.says.get(one.key, fitting(one)) for n, one in enumerate(found[1])}
        if stop.kind == "papers":
            want = walk.plan.want(stop.code)
            assert want is not None
            if want.way == "commit":
                return {"do": "commit", "agreed": "1"}
            return {"do": "later"} if want.may_be_later else {"do": "upload", "file": file()}
        boxes = {f"c{n}": "on" for n in range(4)}
        return {"relation": "mother", **boxes} if stop.kind == "child" else boxes

    def step(self) -> Stop:
        """Fill in the next page; which it was."""
        stop = self.walk.next
        answer = self.client.post(self.url(stop), self.answers(stop))
        assert answer.status_code == 302, (stop, answer.content.decode())
        return stop

    def fill(self, until: str = "check") -> "Applicant":
        """Fill in everything up to a kind of page."""
        for _page in range(60):
            if self.walk.next.kind == until:
                return self
            self.step()
        raise AssertionError(f"never came to {until}: {self.walk.next}")

    def send(self) -> str:
        """Send it; the secret code of the receipt."""
        answer = self.client.post(f"/services/apply/{self.thing}/check/", {"key": self.row.key})
        assert answer.status_code == 302, answer.content.decode()
        return self.code()

    def code(self) -> str:
        """The code on the receipt."""
        page = self.client.get(f"/services/apply/{self.thing}/receipt/").content.decode()
        found = re.search(r'class="code num"[^>]*>([^<]+)<', page)
        assert found, page
        return found[1]


def fitting(blank: Any) -> str:
    """An answer that fits a blank."""
    if blank.options:
        return str(blank.options[0])
    return {"date": "2026-03-01", "number": "12.5", "whole": "3"}.get(blank.type, f"{blank.label}一")
