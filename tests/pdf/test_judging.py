"""What a press makes of an advertisement (PR-91), rule by rule."""

import msgspec
import pytest

from layout_engine.adverts.model import Advert, Fact, FactKind, Frame
from layout_engine.base.advert_rules import AdvertRules
from layout_engine.base.diagnostics import Span
from layout_engine.base.geometry import Rect
from layout_engine.base.marks import PlacedPage
from layout_engine.base.units import mm, pt
from layout_engine.pdf.judging import judge_advert
from layout_engine.pdf.profile import Profile
from tests.pdf.scenes import a_profile

ASKED_AT = Span("pages/01.yaml", 3, 9)
X4 = a_profile()
X1A = msgspec.structs.replace(a_profile("PDF/X-1a:2003"), pdf_version=(1, 4), transparency=False)


def judged(profile: Profile, *facts: Fact, scale: int = 1000, spots: frozenset[str] = frozenset()) -> list[str]:
    size = mm(60), mm(40)
    rect = Rect(0, 0, size[0] * scale // 1000, size[1] * scale // 1000)
    advert = Advert("ads/lock.pdf", "", 1, "trim", Frame(0, 0, *size), facts, False)
    placed = PlacedPage(rect, rect, size, "key", "ads/lock.pdf", 1, "trim", ASKED_AT)
    found = judge_advert(advert, placed, profile, spots)
    assert all(one.span == ASKED_AT for one in found)
    return [f"{one.severity} {one.code}" for one in found]


@pytest.mark.parametrize(
    ("fact", "in_x4", "in_x1a"),
    [
        (Fact("version", "1.4", 14), [], []),
        (Fact("version", "1.6", 16), [], ["error ad/version"]),
        (Fact("version", "1.7", 17), ["error ad/version"], ["error ad/version"]),
        (Fact("rgb", "DeviceRGB (rg)"), ["warning ad/rgb-converted"], ["error ad/rgb"]),
        (Fact("managed-colour", "ICC CMYK"), ["warning ad/converted-late"], ["error ad/managed-colour"]),
        (Fact("transparency", "BM Multiply"), [], ["error ad/transparency"]),
        (Fact("filter", "JPXDecode"), [], ["error ad/filter"]),
        (Fact("filter", "JBIG2Decode"), [], ["error ad/filter"]),
        (Fact("deep-samples"), [], ["error ad/deep-samples"]),
        (Fact("opentype-font", "Song"), [], ["error ad/opentype-font"]),
        (Fact("spot", "Gold"), ["warning ad/spot-converted"], ["warning ad/spot-converted"]),
        (Fact("all-inks", "cs"), ["error ad/all-inks"], ["error ad/all-inks"]),
        (Fact("ink", "", 245), [], []),
        (Fact("ink", "", 246), ["error ad/too-much-ink"], ["error ad/too-much-ink"]),
        (Fact("condition", "IFRA26"), [], []),
        (Fact("condition", "FOGRA39"), ["warning ad/other-condition"], ["warning ad/other-condition"]),
        (Fact("resolution", "Im1", 149), ["error ad/too-coarse"], ["error ad/too-coarse"]),
        (Fact("resolution", "Im1", 199), ["warning ad/coarse"], ["warning ad/coarse"]),
        (Fact("resolution", "Im1", 200), [], []),
        (Fact("line-art", "Im1", 599), ["warning ad/coarse-line-art"], ["warning ad/coarse-line-art"]),
        (Fact("small-type", "", pt(6)), [], []),
        (Fact("small-type", "", pt(6) - 1), ["warning ad/small-type"], ["warning ad/small-type"]),
        (Fact("hairline", "", pt(1) // 4), [], []),
        (Fact("hairline", "", pt(1) // 5), ["warning ad/hairline"], ["warning ad/hairline"]),
        (Fact("hairline", "mixed", pt(1) // 4), ["warning ad/hairline"], ["warning ad/hairline"]),
        (Fact("rich-black-text", "", 280), ["warning ad/rich-black-text"], ["warning ad/rich-black-text"]),
        (Fact("white-overprint", "", 1), ["warning ad/white-overprints"], ["warning ad/white-overprints"]),
        (Fact("black-knock-out", "", 1), ["warning ad/black-knocks-out"], ["warning ad/black-knocks-out"]),
    ],
)
def test_each_fact_is_judged_by_the_profile(fact: Fact, in_x4: list[str], in_x1a: list[str]) -> None:
    assert (judged(X4, fact), judged(X1A, fact)) == (in_x4, in_x1a)


def test_a_spot_ink_that_the_house_or_the_printer_names_is_taken() -> None:
    gold = Fact("spot", "Gold")
    assert judged(X4, gold, spots=frozenset(("Gold",))) == []
    assert judged(msgspec.structs.replace(X4, spots=("Gold",)), gold) == []
    none = msgspec.structs.replace(X4, spots=())
    assert judged(none, gold, spots=frozenset(("Gold",))) == ["warning ad/spot-converted"]
    strict = msgspec.structs.replace(X4, adverts=AdvertRules(rgb="refuse", spots="refuse"))
    assert judged(strict, gold, Fact("rgb", "rg")) == ["error ad/spot-ink", "error ad/rgb"]


def test_pictures_and_type_are_judged_at_the_size_that_they_are_printed() -> None:
    assert judged(X4, Fact("resolution", "Im1", 201), scale=1010) == ["warning ad/coarse"]
    assert judged(X4, Fact("small-type", "", pt(6)), scale=990) == ["warning ad/small-type"]


@pytest.mark.parametrize("kind", ["rgb", "spot"])
def test_many_of_a_kind_are_one_finding(kind: FactKind) -> None:
    assert len(judged(X4, *(Fact(kind, str(number)) for number in range(40)))) == 1
