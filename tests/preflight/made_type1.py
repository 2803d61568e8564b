"""A Type 1 program made in code (自制 Type 1 字体): a space and an A that is a box, enciphered as the format wants."""

from typing import Final

from fontTools.misc.eexec import encrypt
from fontTools.misc.psCharStrings import T1CharString

_EEXEC_KEY: Final = 55_665
_CHARSTRING_KEY: Final = 4_330
_LEAD: Final = b"\0\0\0\0"


def a_type1(
    width: int = 700, fs_type: int | None = None, outline: str | None = None, subrs: tuple[str, ...] = ()
) -> bytes:
    """`Made-Regular` with `.notdef`, a space and an A, whose outline may be another."""
    drawn = outline or f"100 {width} hsbw 0 0 rmoveto 500 0 rlineto 0 700 rlineto -500 0 rlineto closepath endchar"
    glyphs = {".notdef": "0 500 hsbw endchar", "space": "0 250 hsbw endchar", "A": drawn}
    said = "" if fs_type is None else f"/FSType {fs_type} def\n"
    clear = (
        f"%!PS-AdobeFont-1.0: Made-Regular\n/FontInfo 1 dict dup begin\n{said}end def\n/FontName /Made-Regular def\n"
        "/Encoding StandardEncoding def\n/FontMatrix [0.001 0 0 0.001 0 0] readonly def\ncurrentfile eexec\n"
    )
    private = b"dup /Private 5 dict dup begin\n/lenIV 4 def\n/Subrs %d array\n" % len(subrs)
    for number, code in enumerate(subrs):
        private += b"dup %d %d RD %s NP\n" % (number, *_charstring(code))
    private += b"2 index /CharStrings %d dict dup begin\n" % len(glyphs)
    for name, code in glyphs.items():
        private += b"/%s %d RD %s ND\n" % (name.encode(), *_charstring(code))
    enciphered: bytes = encrypt(_LEAD + private + b"end end\n", _EEXEC_KEY)[0]
    return clear.encode() + enciphered + b"0" * 512


def in_segments(data: bytes) -> bytes:
    """The same as a .pfb, whose pieces begin with their kind and length."""
    at = data.index(b"eexec\n") + len(b"eexec\n")
    pieces = ((1, data[:at]), (2, data[at:]))
    return (
        b"".join(b"\x80" + bytes((kind,)) + len(one).to_bytes(4, "little") + one for kind, one in pieces) + b"\x80\x03"
    )


def in_hex(data: bytes) -> bytes:
    """The same with its enciphered part as digits."""
    at = data.index(b"eexec\n") + len(b"eexec\n")
    return data[:at] + data[at:].hex().encode()


def _charstring(code: str) -> tuple[int, bytes]:
    made = T1CharString(program=[_token(one) for one in code.split()])
    made.compile()
    enciphered = encrypt(_LEAD + made.bytecode, _CHARSTRING_KEY)[0]
    return len(enciphered), enciphered


def _token(word: str) -> int | str:
    return int(word) if word.lstrip("-").isdigit() else word
