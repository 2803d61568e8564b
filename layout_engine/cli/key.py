"""`layout-engine key`: a key to sign pages with (签样密钥): the private half in a file, the public half to hand out.

layout-engine key ~/.layout-engine/wangjing.key
"""

from pathlib import Path
from typing import Annotated

from layout_engine.base.diagnostics import has_errors
from layout_engine.cli import exit_codes
from layout_engine.cli.console import Console
from layout_engine.cli.options import Shared, Told
from layout_engine.cli.report import Origin, show_findings
from layout_engine.release.keys import make_key, read_key


class Options(Shared, frozen=True, kw_only=True):
    """Where to."""

    file: Annotated[
        str,
        Told("密钥文件；已有的只显示公钥", "file for the key; one that is there is shown", "FILE", positional=True),
    ]


def run(options: Options, console: Console) -> int:
    """Make the key if it is not there, and print its public half."""
    path = Path(options.file).expanduser()
    is_new = not path.exists()
    made = make_key(path) if is_new else read_key(path)
    show_findings(made.diagnostics, Origin("."), console, console.err)
    if made.value is None or has_errors(made.diagnostics):
        return exit_codes.MISUSED
    console.say(made.value.public)
    if is_new:
        console.note(
            console.words(
                f"私钥写在 {path.name}，只有你能读；请自己备份，不要给别人。把上面一行登记到社规的 signoff: keys。",
                f"The private half is in {path.name}, which only you can read: keep a copy and give it to nobody. "
                "Enter the line above in the house's signoff: keys.",
            )
        )
    return exit_codes.CLEAN
