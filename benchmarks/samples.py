"""The issues that are measured (样本): copies of the repository's, changed as a newsroom would."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
REFERENCE: Final = "2024-05-21"
DENSE: Final = "2024-05-22"
DENSE_PAGE: Final = "pages/02.yaml"

# In the lead's first paragraph, beside which each of WORDS is put in its turn: most are new to the page, so that
# fonts must be cut to size anew each time, the dearest case of a changed word.
_LEAD: Final = "articles/lead.md"
_BEFORE: Final = "昨日上午"
WORDS: Final = "春雨夏荷秋霜冬雪梅兰竹菊琴棋书画江湖河海松柏杨柳桃李杏梨虎豹熊狼鹰雁鹤鹭鲸鲨鲤鲫稻麦豆粟"


def paper_in(folder: Path) -> Path:
    """A copy of the paper's issues and house in `folder`; its faces are the repository's own."""
    shutil.copytree(ROOT / "issues", folder / "issues", ignore=shutil.ignore_patterns("*.py", ".*", "__pycache__"))
    (folder / "fonts").symlink_to(ROOT / "fonts")
    return folder


def change_word(issue: Path, word: str) -> None:
    """Put another word into the lead, in the place of the one before."""
    lead = issue / _LEAD
    text = lead.read_text(encoding="utf-8")
    changed, count = re.subn(rf"{_BEFORE}(?:[{WORDS}]{{2}})?", _BEFORE + word, text, count=1)
    if not count:
        raise SystemExit(f"{lead} has no {_BEFORE} any more: name another place in benchmarks/samples.py")
    lead.write_text(changed, encoding="utf-8")


def multiply(paper: Path, count: int) -> Path:
    """The dense page `count` times over in an issue of its own: each with its own number, stories and photos."""
    source = paper / "issues" / DENSE
    home = paper / f"{count}-pages"
    issue = home / "issues" / DENSE
    shutil.copytree(paper / "issues" / "house", home / "issues" / "house")
    (home / "fonts").symlink_to(ROOT / "fonts")
    for folder in ("articles", "photos", "pages"):
        (issue / folder).mkdir(parents=True)
    page = (source / DENSE_PAGE).read_text(encoding="utf-8")
    names = []
    for number in range(1, count + 1):
        for article in (source / "articles").glob("*.md"):
            shutil.copy(article, issue / "articles" / f"{article.stem}-{number}.md")
        for photo in (source / "photos").glob("*.yaml"):
            text = photo.read_text(encoding="utf-8")
            file = re.search(r"^file: (\S+)", text, re.MULTILINE)
            assert file is not None
            picture = source / "photos" / file[1]
            (issue / "photos" / f"{photo.stem}-{number}.yaml").write_text(
                text.replace(file[0], f"file: {picture.stem}-{number}{picture.suffix}"), encoding="utf-8"
            )
            shutil.copy(picture, issue / "photos" / f"{picture.stem}-{number}{picture.suffix}")
        text = re.sub(r"^page: \d+", f"page: {number}", page, flags=re.MULTILINE)
        text = re.sub(r"\b(story|photo): (?!\W)([\w-]+)", _numbered(number), text)
        names.append(f"pages/{number:02}.yaml")
        (issue / names[-1]).write_text(text, encoding="utf-8")
    about = (source / "issue.yaml").read_text(encoding="utf-8")
    about = about.replace(f"pages: [{DENSE_PAGE}]", f"pages: [{', '.join(names)}]")
    (issue / "issue.yaml").write_text(about, encoding="utf-8")
    return issue


def _numbered(number: int) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}: {found[2]}-{number}"
