"""A hundred fields that look alike and are not the same: none of them may be merged."""

from minhu.methods.composing import Bundle, Field, FieldType, Guide

# (label, label): people, places and times that forms confuse.
PAIRS = [
    ("申请人姓名", "法定代表人姓名"), ("住所", "经营场所"), ("联系电话", "联系人电话"),
    ("户籍地址", "居住地址"), ("注册资本", "实缴资本"), ("经营范围", "许可范围"),
    ("身份证号码", "监护人身份证号码"), ("出生日期", "出生证签发日期"), ("企业名称", "企业曾用名称"),
    ("建筑面积", "营业面积"), ("负责人", "消防安全负责人"), ("母亲姓名", "父亲姓名"),
    ("开户银行", "缴费银行"), ("法人代码", "法人单位代码"), ("有效期起", "有效期止"),
    ("新生儿姓名", "新生儿母亲姓名"), ("从业人数", "参保人数"), ("施工许可证号", "施工许可证编号"),
    ("邮寄地址", "邮寄地址（备用）"), ("代理人姓名", "被代理人姓名"),
]  # fmt: skip
# One label on two fields: another role, another element, another type, other spacing or width.
SAME = ["姓名", "地址", "电话", "日期", "编号", "面积", "金额", "备注", "类别", "名称"]


def trap_fields() -> list[Field]:
    """A hundred fields with a hundred different meanings."""
    text = FieldType.TEXT
    fields = [
        Field("applicant", f"p{number}{side}", text, label)
        for number, pair in enumerate(PAIRS)
        for side, label in zip("ab", pair, strict=True)
    ]
    for number, label in enumerate(SAME):
        fields += [
            Field("applicant", f"s{number}", text, label),
            Field("agent", f"s{number}", text, label),
            Field("applicant", f"s{number}x", text, label),
            Field("applicant", f"s{number}", FieldType.NUMBER, label),
            Field("applicant", f"s{number} ", text, f" {label}\u3000"),
            Field("place", f"S{number}", text, label),
        ]
    return fields


def trap_bundle() -> Bundle:
    """Each field in a guide of its own; the first item asks for a plain one that the last repeats."""
    guides = [
        Guide(f"t{i}", f"t{i}", f"d{i}", ("law",), fields=(each,)) for i, each in enumerate(trap_fields())
    ]
    twin = Field("applicant", "p0a", FieldType.TEXT, "姓名（申请人）")
    return Bundle("traps", "traps", (*guides, Guide("twin", "twin", "d", ("law",), fields=(twin,))))


def false_merges(bundle: Bundle, merged: int) -> int:
    """Fields too few: all but the twin must stay apart."""
    return sum(len(guide.fields) for guide in bundle.guides) - 1 - merged
