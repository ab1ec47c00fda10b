"""The five typefaces of an official paper, and what stands in for those a machine lacks."""

from collections.abc import Collection
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Fonts:
    """The names written into a paper; by default those of the standard."""

    fangsong: str = "仿宋_GB2312"
    xiaobiaosong: str = "方正小标宋简体"
    heiti: str = "黑体"
    kaiti: str = "楷体_GB2312"
    songti: str = "宋体"


STANDARD = Fonts()

# Other names of the very same typeface.
SAME = {
    "fangsong": ("FangSong_GB2312",),
    "xiaobiaosong": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"),
    "heiti": ("SimHei",),
    "kaiti": ("KaiTi_GB2312",),
    "songti": ("SimSun",),
}
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体")
# What is taken instead, best first.
INSTEAD = {
    "fangsong": ("仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋", "STFangsong", *_SERIF),
    "xiaobiaosong": ("方正小标宋_GBK", "华文中宋", "STZhongsong", *_SERIF, "宋体", "SimSun"),
    "heiti": ("微软雅黑", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "思源黑体"),
    "kaiti": ("楷体", "KaiTi", "方正楷体_GBK", "华文楷体", "STKaiti", "AR PL UKai CN", *_SERIF),
    "songti": ("新宋体", "NSimSun", "华文宋体", "STSong", "AR PL UMing CN", *_SERIF),
}


@dataclass(frozen=True, slots=True)
class MissingFont:
    """A typeface of the standard that is absent, and the one taken instead (empty: none is known)."""

    wanted: str
    taken: str = ""

    @property
    def words(self) -> str:
        """The warning as a sentence."""
        if self.taken:
            return f"The font {self.wanted} is not installed: {self.taken} is taken instead."
        return f"The font {self.wanted} is not installed, and no stand-in is: the viewer will choose one."


def missing_fonts(installed: Collection[str]) -> tuple[MissingFont, ...]:
    """Which typefaces of the standard are absent from a list of family names, and what is taken instead."""
    taken = _taken(installed)
    return tuple(
        MissingFont(wanted, taken[role][0] if taken[role] else "")
        for role, wanted in _wanted()
        if not taken[role] or taken[role][0] not in (wanted, *SAME[role])
    )


def fonts_for(installed: Collection[str]) -> Fonts:
    """The typefaces to write for a machine that has only these families; the standard's where nothing fits.

    For rendering on that machine. Papers that leave the house are better written with the standard's names.
    """
    taken = _taken(installed)
    return Fonts(**{role: taken[role][0] if taken[role] else wanted for role, wanted in _wanted()})


def _wanted() -> list[tuple[str, str]]:
    """Role and name of each typeface of the standard."""
    return [(field.name, getattr(STANDARD, field.name)) for field in fields(Fonts)]


def _taken(installed: Collection[str]) -> dict[str, list[str]]:
    """Per role the installed names that may be used, best first."""
    known = {name.casefold() for name in installed}
    return {
        role: [name for name in (wanted, *SAME[role], *INSTEAD[role]) if name.casefold() in known]
        for role, wanted in _wanted()
    }
