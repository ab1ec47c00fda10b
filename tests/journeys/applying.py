"""A resident with a browser applies for a one-thing: answers, hands papers in, sends, follows, rates."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from minhu.services.models import Application
from tests.factories.applying import PDF, PNG
from tests.journeys import browser as chromium
from tests.journeys.conftest import Visit

SAID = {
    "面积|密度|率": "80", "时刻": "07:35", "体重": "3300", "身长": "50", "孕周": "39",
    "住所|地址|场所|坐落": "宁波市江北区慈城镇人民路1号", "姓名": "王小明", "证件号码": "330205199001010011",
    "电话": "13800000000", "代码": "91330205MA2AAAAA1X", "卡号|账号": "6222000011112222333",
}  # fmt: skip
"""What is answered to fields whose label holds these words; any other gets something that fits its type."""


@dataclass
class Resident:
    """Somebody with a browser; `faults`: what is wrong with any page met, each kind read by axe once."""

    visit: Visit
    page: Page
    thing: str
    faults: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """Which sort of page is open."""
        return self.page.url.split(f"/{self.thing}/")[1].split("/")[0]

    @property
    def row(self) -> Application:
        """The application begun last."""
        return Application.objects.filter(version__thing__code=self.thing).latest("pk")

    def look(self) -> None:
        """See that nothing spills out of the page."""
        self.faults += [f"{self.page.url}: {fault}" for fault in chromium.faults_of_layout(self.page)]
        name = self.page.url.partition("/services/")[2].split("/")[2:3] or ["page"]
        if name[0] not in self.read:
            self.read.add(name[0])
            self.faults += [f"{self.page.url}: {fault}" for fault in chromium.faults_of_access(self.page)]

    def press(self) -> None:
        """The main button of the page."""
        before = self.page.url
        self.page.locator("main form button.main-act").last.click()
        self.page.wait_for_load_state()
        wrong = self.page.locator("main .field.wrong").all_inner_texts()
        assert not wrong, (before, wrong)

    def begin(self) -> None:
        """Read what it is, and begin."""
        self.page.goto(f"{self.visit.url}/services/apply/{self.thing}/")
        self.look()
        self.press()

    def fill(self, until: str = "check", **answers: str) -> None:
        """Fill in page after page; `answers`: to situation questions by their code."""
        for _page in range(70):
            self.look()
            if self.kind == until:
                return
            self.met.append(self.kind)
            if self.kind == "papers":
                self.paper()
            else:
                self.answer(answers)
                self.press()
        raise AssertionError(f"never came to {until}: {self.page.url}")

    def answer(self, answers: dict[str, str]) -> None:
        """Everything a page asks."""
        code = self.page.url.rstrip("/").rpartition("/")[2]
        main = self.page.locator("main")
        if self.kind == "situation" and code in answers:
            main.locator(f"input[value='{answers[code]}']").check()
            return
        names = dict.fromkeys(one.get_attribute("name") for one in main.locator("input[type=radio]").all())
        for name in names:
            main.locator(f"input[name='{name}']").first.check()
        for box in main.locator("input[type=checkbox]").all():
            box.check()
        for one in main.locator(".field").all():
            self.write(one)

    def write(self, one: Locator) -> None:
        """Something that fits a field."""
        if one.locator("select").count():
            one.locator("select").select_option(index=1)
        boxes = one.locator("input:not([type=radio]):not([type=checkbox]):not([type=file]), textarea")
        if boxes.count():
            label = one.locator("label").first.inner_text()
            said = next((value for words, value in SAID.items() if re.search(words, label)), "")
            if boxes.first.get_attribute("type") == "date":
                said = "2026-11-01"
            boxes.first.fill(said or ("12" if boxes.first.get_attribute("inputmode") else "示例内容"))

    def paper(self) -> None:
        """A commitment is signed, what may be later is put off, anything else is handed in."""
        main = self.page.locator("main")
        if main.locator("input[name=agreed]").count():
            main.locator("input[name=agreed]").check()
            main.locator("form:has(input[name=agreed]) button").click()
        elif main.locator("input[name=do][value=later]").count():
            main.locator("form:has(input[value=later]) button").click()
        else:
            self.upload()
        self.page.wait_for_load_state()

    def upload(self) -> None:
        """Hand a file in."""
        box = self.page.locator("main input[type=file]")
        is_pdf = "pdf" in (box.get_attribute("accept") or "")
        name, kind, content = (
            ("材料.pdf", "application/pdf", PDF) if is_pdf else ("照片.png", "image/png", PNG)
        )
        box.set_input_files({"name": name, "mimeType": kind, "buffer": content})
        self.page.locator("main form[enctype] button.main-act").click()
        self.page.wait_for_load_state()

    def send(self) -> str:
        """Send it, note the code down; the code."""
        self.press()
        self.look()
        code = self.page.locator(".code").inner_text()
        self.press()
        self.look()
        return code

    def come_back(self, code: str) -> None:
        """Open it again by its code, on whatever device this is."""
        self.page.goto(f"{self.visit.url}/services/follow/")
        self.page.fill("input[name=code]", code)
        self.press()
        self.look()
