"""The engine's version (版本), for those who need it without the whole package."""

from typing import Final

VERSION: Final = "0.1.0"
