"""What `layout-engine` does with its arguments (命令行入口): find the command, run it, say how it ended.

Only the command's own module is imported, once it is known: a command does not pay for what another needs.
"""

import errno
import gc
import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final, NoReturn, Protocol, cast

from layout_engine.base.diagnostics import Diagnostic, Lang, diagnose
from layout_engine.base.nearest import nearest
from layout_engine.cli import exit_codes
from layout_engine.cli.arguments import asks_for_help, help_text, parse
from layout_engine.cli.console import Console, open_console
from layout_engine.cli.options import Shared
from layout_engine.cli.report import Origin, finding_lines

# One file a command, of the same name, `-` written `_`. In the order of help: the everyday ones first.
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "build": ("把一期报纸做成 PDF", "make the pages of an issue as PDFs"),
    "check": ("检查一期报纸的全部稿件和版面，什么也不写", "check all copy and pages of an issue, and write nothing"),
    "fit": (
        "溢文、缺文怎么凑：逐条重排验证过的办法",
        "what would make stories fit, each way set again before it is shown",
    ),
    "proof": ("出校样：小样、大样、清样、唱校稿，并存档", "make proofs to read and sign, each kept as a revision"),
    "remarks": ("校样上的批注对回稿件", "trace the remarks on a proof to the copy"),
    "diff": ("比对两个版本：文字、样式、版位、图片", "say what is different between two versions of an issue"),
    "preflight": ("检查成品 PDF 能不能付印（印前检查）", "say whether a finished PDF is fit for the press"),
    "separations": (
        "分色预览、墨量热图和总墨量（C、M、Y、K 和专色）",
        "each plate as a picture, a heat map of the ink, and total ink",
    ),
    "sign": ("签样：按看过的校样签字，或列出签样情况", "sign a page as it was seen, or see who has signed"),
    "release": ("付印：成品和清单，或逐条说明为什么不能", "release the finals with a manifest, or say why not"),
    "key": ("生成签样用的密钥", "make a key to sign pages with"),
    "verify": ("验收：成品是不是付印的那一份", "say whether finals are what was released"),
    "log": ("列出一期的各个版次：谁、何时、为什么", "list the revisions of an issue: who, when and why"),
    "show": ("看一个版次，取出它的文件", "show a revision, and take its files out"),
    "gc": ("清理旧校样，签过、付印过的不动", "clear old proofs away, never what was signed or released"),
    "new": ("新建一期，建好就能排", "begin an issue that builds at once"),
    "explain": ("解释一个诊断代码", "explain the code of a finding"),
    "explain-line": ("说明一行为什么断在那里", "say why a line of a story ends where it does"),
    "fonts": ("列出字体：角色、文件、字符覆盖、许可", "list the faces: roles, files, coverage, licences"),
    "schema": ("输出 YAML 的 JSON Schema，供编辑器提示", "print the JSON Schemas of the YAML files, for editors"),
    "dump": ("把版面输出成逐项的文本", "print what stands on the pages, item by item"),
}
TRACEBACK: Final = "LAYOUT_ENGINE_TRACEBACK"
_VERSION: Final = ("-V", "--version")

# What a disk or a file system may refuse; any other failure of the system is a bug of ours.
_DISK: Final = frozenset(
    {
        errno.EACCES,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EIO,
        errno.EISDIR,
        errno.ELOOP,
        errno.EMFILE,
        errno.ENAMETOOLONG,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)


class _Command(Protocol):
    """What a command's module offers."""

    Options: type[Shared]

    def run(self, options: Shared, console: Console) -> int:
        """Do it; the exit code."""


def run_process() -> NoReturn:
    """Be the process `layout-engine`: run its command line and leave with the exit code.

    A command lives for a moment, so nothing is gained by looking for garbage, nor by taking down at the end what
    the system takes back anyway: together a tenth of a build's time.
    """
    gc.disable()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library says of a damaged picture is told as a finding
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (those of the process if None) and return the exit code. Never raises."""
    words = tuple(sys.argv[1:] if arguments is None else arguments)
    console = open_console(words)
    try:
        code = _run(words, console)
        console.flush()
        return code
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        _let_go_of(console)
        return exit_codes.PIPE_CLOSED
    except OSError as error:
        told = getattr(error, "diagnostic", None)  # revisions' RefusedError, whose module is not loaded for others
        if isinstance(told, Diagnostic):
            _tell(console, told)
            return exit_codes.FINDINGS
        if error.errno in _DISK:
            return _disk_refuses(error, console)
        return _bug(error, console)
    except Exception as error:
        return _bug(error, console)


def _run(words: Sequence[str], console: Console) -> int:
    if not words:
        console.note(*_overview(console.lang))
        return exit_codes.MISUSED
    name, *rest = words
    if name in _VERSION:
        console.say(f"layout-engine {import_module('layout_engine').__version__}")
        return exit_codes.CLEAN
    if name not in COMMANDS:
        if asks_for_help(words):
            console.say(*_overview(console.lang))
            return exit_codes.CLEAN
        near = nearest(name, COMMANDS)
        return _misused(
            console, diagnose("cli/unknown-command", None, command=name[:40], nearest=near, known=", ".join(COMMANDS))
        )
    command = cast(_Command, import_module(f"layout_engine.cli.{name.replace('-', '_')}"))
    if asks_for_help(rest):
        console.say(help_text(name, console.words(*COMMANDS[name]), command.Options, console.lang).rstrip())
        return exit_codes.CLEAN
    parsed = parse(name, command.Options, rest)
    if parsed.value is None:
        return _misused(console, *parsed.diagnostics)
    return command.run(parsed.value, console)


def _overview(lang: Lang) -> list[str]:
    zh = lang == "zh"
    lines = ["用法：layout-engine 命令 …" if zh else "usage: layout-engine COMMAND ...", ""]
    lines += [f"  {name:<13} {texts[0] if zh else texts[1]}" for name, texts in COMMANDS.items()]
    more = "每个命令加 -h 看它的用法。" if zh else "Add -h to a command to see how it is used."
    return [*lines, "", more]


def _misused(console: Console, *found: Diagnostic) -> int:
    _tell(console, *found)
    return exit_codes.MISUSED


def _disk_refuses(error: OSError, console: Console) -> int:
    path = str(error.filename2 or error.filename or "")
    if path.endswith(".part"):  # what a file is called while it is written
        path = str(Path(path).parent)
    reason = error.strerror or type(error).__name__
    _tell(console, diagnose("cli/disk", None, path=path or console.words("磁盘", "the disk"), reason=reason))
    return exit_codes.FINDINGS


def _bug(error: Exception, console: Console) -> int:
    """Say that the engine is at fault; the traceback only for who asks for it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    what = f"{type(error).__name__}: {error}".partition("\n")[0][:200]
    _tell(console, diagnose("cli/bug", None, what=what, place=place, variable=f"{TRACEBACK}=1"))
    if os.environ.get(TRACEBACK) == "1":
        console.note("".join(traceback.format_exception(error)).rstrip())
    return exit_codes.BUG


def _tell(console: Console, *found: Diagnostic) -> None:
    for one in found:
        console.note(*finding_lines(one, Origin("."), console, console.err))


def _let_go_of(console: Console) -> None:
    """Point the output nowhere, so that the interpreter's own flush at the end does not complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), console.out.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
