"""How a command ends (退出码): what scripts and people go by."""

from typing import Final

CLEAN: Final = 0
FINDINGS: Final = 1  # at least one finding is an error, or a file could not be written
MISUSED: Final = 2  # a wrong command line, or a spec that cannot be read
BUG: Final = 3  # the engine is at fault
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
PIPE_CLOSED: Final = 141  # 128 + SIGPIPE: who read our output has gone
