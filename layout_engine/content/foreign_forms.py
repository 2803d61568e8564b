"""Which characters are traditional or Japanese forms (繁体与日文字形), and what is their standard form? TY-111.

The list is `forms/forms.txt`, made from the Unihan database.
"""

from functools import cache
from pathlib import Path


@cache
def foreign_forms() -> dict[str, str]:
    """Each such character with its form in 通用规范汉字表, empty where the list has none (Japanese forms)."""
    text = Path(__file__).with_name("forms").joinpath("forms.txt").read_text(encoding="utf-8")
    entries = [one for line in text.splitlines() if not line.startswith("# ") for one in line.split()]
    return {one[0]: one[1:] for one in entries}
