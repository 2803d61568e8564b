"""How a face is cut (字体风格): bold, light, with hairlines; as its name, its descriptor and its weight say."""

from typing import Final

from layout_engine.preflight.fonts import Font
from layout_engine.preflight.raw import entry, number, whole

_SERIF: Final = 1 << 1  # descriptor flags, ISO 32000-1, table 123
_FORCE_BOLD: Final = 1 << 18
_LIGHT_NAMES: Final = ("light", "thin", "hairline", "xiyuan", "xihei", "xisong", "细", "纤")
_BOLD_NAMES: Final = ("bold", "heavy", "black", "dabiaosong", "xiaobiaosong", "粗", "黑体", "超", "大标宋", "小标宋")
_HAIRLINE_NAMES: Final = (
    *("song", "simsun", "ming", "mincho", "serif", "times", "bodoni", "didot", "宋", "明体", "仿宋"),
)
_PLAIN_NAMES: Final = ("sans", "hei", "gothic", "yuan")
_LIGHT_WEIGHT: Final = 300  # FontWeight, from 100 to 900
_BOLD_WEIGHT: Final = 600
_LIGHT_STEM: Final = 50  # StemV, in thousandths of the em
_BOLD_STEM: Final = 120


def has_hairlines(font: Font) -> bool:
    """Whether some strokes are so thin that ink runs over them in reverse: light faces, and Song that is not bold."""
    title = font.base_name.partition("+")[2] or font.base_name
    said = title.lower()
    flags = whole(entry(font.descriptor, "/Flags")) or 0
    weight, stem = number(entry(font.descriptor, "/FontWeight")), number(entry(font.descriptor, "/StemV"))
    if any(word in said for word in _LIGHT_NAMES) or (weight is not None and weight <= _LIGHT_WEIGHT):
        return True
    bold = any(word in said for word in _BOLD_NAMES) or bool(flags & _FORCE_BOLD)
    if bold or (weight or 0) >= _BOLD_WEIGHT or (stem or 0) >= _BOLD_STEM:
        return False
    if stem is not None and 0 < stem < _LIGHT_STEM:
        return True
    if any(word in said for word in _PLAIN_NAMES):
        return False
    return any(word in said for word in _HAIRLINE_NAMES) or bool(flags & _SERIF)
