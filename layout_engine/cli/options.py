"""What can be written after a command (命令行选项), each declared once.

A command's options are one frozen Struct, made of these. From it come the parser, the help in both languages, the
checking, and the typed value; `layout_engine.build` takes the same names.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from layout_engine.base.diagnostics import Lang


class Told(msgspec.Struct, frozen=True):
    """How help names an option, in Chinese and English. `value` stands for its value; a switch has none."""

    zh: str
    en: str
    value: str = ""
    expects: tuple[str, str] = ("文字", "a text")
    positional: bool = False


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """The option that every command has."""

    lang: Annotated[
        Lang | None,
        Told(
            "提示用的语言（默认随系统）",
            "language of messages (the system's by default)",
            "zh|en",
            ("zh 或 en", "zh or en"),
        ),
    ] = None


# What is kept for good, printed on proofs and shown on terminals: something in it, and nothing that nobody sees.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
Words = Annotated[str, Meta(pattern=rf"^(?=.*\S)[^{_UNSEEN}]*\Z", max_length=500)]
A_TEXT = (
    "文字，不空着，不超过 500 字，不含控制字符",
    "a text that says something, of 500 characters at most, none a control",
)

IssueDir = Annotated[str, Told("一期的文件夹", "the folder of the issue", "ISSUE_DIR", positional=True)]
OnlyPage = Annotated[
    Annotated[int, Meta(ge=1, le=999)] | None,
    Told("只做第 N 版", "only page number N", "N", ("1 到 999 的版次", "a page number from 1 to 999")),
]
ProfileName = Annotated[
    str | None,
    Told(
        "输出规格：pdfx4、pdfx1a、proof，或印厂的规格文件（默认用本报的）",
        "profile: pdfx4, pdfx1a, proof, or a printer's own as a file (the house's by default)",
        "NAME|FILE.yaml",
    ),
]
OutputDir = Annotated[
    str | None,
    Told("写到哪个文件夹（默认 output/日期）", "folder to write to (output/<date> by default)", "DIR"),
]
FontsDir = Annotated[
    str | None,
    Told(
        "字体文件夹（默认本报的 fonts，没有就用自带的）",
        "folder of faces (the paper's fonts/, else the engine's own)",
        "DIR",
    ),
]
AsJson = Annotated[bool, Told("只输出一份 JSON", "print one JSON document and nothing else")]
Caching = Annotated[bool, Told("不用也不写 output/.cache", "neither use nor write output/.cache")]
AllowCommands = Annotated[
    bool,
    Told("准许运行社规或版样里写的校对程序", "let the proofreading program run that the house or the issue names"),
]
Verify = Annotated[
    bool, Told("写出前由另一个库回读核对", "have another library read each page back before it is written")
]
Final = Annotated[
    bool,
    Told(
        "付印版：写出后做印前检查，有错误就不用正式的文件名",
        "the printer's: each page is preflighted, and one with an error does not get its name",
    ),
]
Replaces = Annotated[
    str | None,
    Told(
        "换版：换下印厂手里的这个 PDF，上机条件不同就不写（同时就是付印版）",
        "a final that takes the place of this PDF; refused if the press would have to be set anew",
        "OLD.pdf",
        ("旧版的 PDF 文件", "the PDF of the old page"),
    ),
]
Dpi = Annotated[
    Annotated[int, Meta(ge=18, le=1200)],
    Told(
        "图的分辨率（默认 110）", "resolution of the picture (110 by default)", "N", ("18 到 1200", "from 18 to 1200")
    ),
]
SchemaName = Literal["house", "issue", "page", "printer", "report", "diff", "separations"]
