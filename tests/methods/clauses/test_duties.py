"""Who must do what by when."""

from datetime import date

import pytest

from minhu.methods.clauses import cut, duties, duties_of
from minhu.methods.clauses.deadlines import deadline_in
from minhu.methods.clauses.numerals import ordinal, roman

ISSUED = date(2026, 1, 14)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("经信部门牵头推进数字化改造。", "经信部门"),
        ("发展改革部门会同教育、卫生健康等部门建立配置机制。", "发展改革部门会同教育、卫生健康等部门"),
        ("各级人民政府及其有关部门应当公开政策。", "各级人民政府及其有关部门"),
        ("政务服务部门于2025年底前建成服务中心。", "政务服务部门"),
        ("企业不认可的，由中心提请会商。", "中心"),
        ("镇（街道）应当协助。", "镇（街道）"),
        ("除法律另有规定外，任何单位和个人不得强制企业参加评比。", "任何单位和个人"),
        ("The council shall mend holes within 10 working days.", "The council"),
        ("加快城市更新。", ""),
        ("为全省儿童免费筛查，应当注意安全。", ""),
    ],
)
def test_who(sentence: str, who: str) -> None:
    assert [duty.who for duty in duties(sentence)] == [who]


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法所称企业，是指依法设立的企业。",
        "企业可以依法申请复核。",
        "本办法自2025年10月1日起施行。",
        "全省生产总值增长5.5%。",
        "过去一年，各部门成功举办多项活动。",
    ],
)
def test_what_is_no_duty(sentence: str) -> None:
    assert duties(sentence) == []


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("2026年6月底前", date(2026, 6, 30)),
        ("2027年2月底前", date(2027, 2, 28)),
        ("2026年3月5日前", date(2026, 3, 5)),
        ("6月底前", date(2026, 6, 30)),
        ("2026年底前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("明年6月底前", date(2027, 6, 30)),
        ("2026年上半年", date(2026, 6, 30)),
        ("到2027年", date(2027, 12, 31)),
        ("2030年前", date(2029, 12, 31)),
        ("10个工作日内", None),
        ("每年12月底前", None),
        ("每季度", None),
        ("2026年13月底前", None),
        ("by 30 June 2026", date(2026, 6, 30)),
        ("by June 2026", date(2026, 6, 30)),
        ("by the end of 2026", date(2026, 12, 31)),
        ("within 10 working days", None),
    ],
)
def test_by_when(words: str, on: date | None) -> None:
    sentence = (
        f"中心应当{words}，办结"
        if words[0] > "z" or words[0].isdigit()
        else f"The office shall report {words}"
    )
    found = deadline_in(sentence, ISSUED)
    assert found is not None
    assert (found.words, found.on) == (words, on)
    assert sentence[found.start :].startswith(words)


def test_a_month_before_the_day_of_issue_means_the_next_year() -> None:
    assert deadline_in("6月底前办结", date(2026, 9, 1)).on == date(2027, 6, 30)
    assert deadline_in("6月底前办结").on is None
    assert deadline_in("中心应当办结") is None


def test_spans_are_the_sentences_without_their_numbers() -> None:
    text = "第五条 中心应当登记。\n（一）街道负责回访；\n（二）不得重复登记。"
    found = duties(text)
    assert [text[duty.start : duty.end] for duty in found] == [
        "中心应当登记。",
        "街道负责回访；",
        "不得重复登记。",
    ]
    assert [duty.who for duty in found] == ["中心", "街道", "街道"]
    assert found[1].what == "街道负责回访"


def test_a_report_is_read_only_where_it_looks_forward() -> None:
    text = (
        "一、2025年工作回顾\n（一）强化创新。建设中心5家。\n"
        "二、2026年工作\n（一）强化创新。6月底前建设中心3家。\n"
    )
    found = duties_of(cut(text), ISSUED)
    assert [(unit.path, duty.what, duty.by_on) for unit, duty in found] == [
        ("ch2/i1", "强化创新", date(2026, 12, 31)),
        ("ch2/i1", "6月底前建设中心3家", date(2026, 6, 30)),
    ]
    assert [text[duty.start : duty.end] for _, duty in found] == ["强化创新。", "6月底前建设中心3家。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "为80万重点群体提供就业帮扶。",
        "为全省儿童免费开展筛查。",
        "举办健身活动1万场。",
        "部署实施攻关项目400项。",
        "新认定省级概念验证中心20家。",
        "全年交付保障性租赁住房15万套。",
    ],
)
def test_tasks_of_a_whole_government_name_nobody(sentence: str) -> None:
    assert [duty.who for duty in duties(sentence)] == [""]


def test_a_chapter_of_one_year_gives_its_tasks_that_year() -> None:
    text = (
        "一、“十五五”主要目标\n（一）强化创新。建设高地。\n"
        "二、2026年重点工作\n（一）强化创新。到2030年建成中心3家。推动转化。\n"
    )
    found = [(duty.what, duty.by_words, duty.by_on) for _, duty in duties_of(cut(text), ISSUED)]
    assert found == [
        ("强化创新", "", None),
        ("建设高地", "", None),
        ("强化创新", "2026年", date(2026, 12, 31)),
        ("到2030年建成中心3家", "到2030年", date(2030, 12, 31)),
        ("推动转化", "2026年", date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("word", "number"),
    [("一百一十八", 118), ("二〇", 20), ("十", 10), ("②", 2), ("7", 7), ("x", 0), ("两千零三", 2003)],
)
def test_ordinals(word: str, number: int) -> None:
    assert ordinal(word) == number


def test_roman_numerals() -> None:
    assert [roman(word) for word in ("i", "iv", "IX", "xiv", "XL")] == [1, 4, 9, 14, 40]
