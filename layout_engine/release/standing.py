"""How it stands with an issue's signatures (签样情况): what is on the pages now, against what was seen and signed."""

from pathlib import Path
from typing import Final

import msgspec

from layout_engine.base.diagnostics import Diagnostic, Lang, Outcome, diagnose
from layout_engine.diff.compare import compare
from layout_engine.diff.model import Edition
from layout_engine.diff.words import sentence
from layout_engine.editions.folder import read_folder
from layout_engine.kept_pages import kept_record, last_proof_of, proof_of
from layout_engine.release.keys import Key
from layout_engine.release.signoff import (
    DEFAULT,
    FORMAT,
    RoleState,
    Signature,
    Statement,
    check_signing,
    decode_signature,
    encode_signature,
    sign,
    states_of,
)
from layout_engine.revisions.model import Revision
from layout_engine.revisions.store import Store
from layout_engine.scene.record import PageRecord, content_hash
from layout_engine.spec.model_signoff import SignoffSpec
from layout_engine.spec.resolved import IssueSpec

SIGNED: Final = "sign"  # the kind of a signature's line in the log
_FACT: Final = "signature"
_MOST_NAMED: Final = 3  # changes in words; the rest are counted


class PageNow(msgspec.Struct, frozen=True):
    """A page as it is now, and the latest proof that has it: its revision, and its record as it was seen."""

    record: PageRecord
    proof: Revision | None
    seen: PageRecord | None

    @property
    def content(self) -> str:
        """The hash of what can be seen on it now."""
        return content_hash(self.record)

    @property
    def is_as_seen(self) -> bool:
        """Whether its latest proof shows the page as it is now."""
        return self.seen is not None and content_hash(self.seen) == self.content


class Standing(msgspec.Struct, frozen=True):
    """The issue's pages by number, who signs, and how it stands with each role of each page."""

    spec: SignoffSpec
    pages: dict[int, PageNow]
    signatures: tuple[Signature, ...]
    states: tuple[RoleState, ...]

    def of_page(self, page: int) -> tuple[RoleState, ...]:
        """The states of one page, in the order of signing."""
        return tuple(one for one in self.states if one.page == page)


def signoff_of(spec: IssueSpec) -> SignoffSpec:
    """Who signs: what the house says, else the three reviews."""
    said = spec.house.signoff
    return said if isinstance(said, SignoffSpec) else DEFAULT


def read_standing(issue_dir: Path, fonts: Path, spec: IssueSpec, store: Store) -> Outcome[Standing]:
    """The issue as it lies in its folder, held against its proofs and its signatures in the store."""
    now = read_folder(issue_dir, fonts, "")
    if now.value is None:
        return Outcome(None, now.diagnostics)
    revisions, found = store.revisions(), list(now.diagnostics)
    pages: dict[int, PageNow] = {}
    for record in now.value.pages:
        number = record.page.number
        proof = last_proof_of(revisions, number)
        seen = kept_record(store, proof, number) if proof else Outcome[PageRecord](None)
        found += seen.diagnostics
        pages[number] = PageNow(record, proof, seen.value)
    signatures = signatures_in(store)
    signoff = signoff_of(spec)
    states = states_of(signoff, signatures, {number: page.content for number, page in pages.items()})
    return Outcome(Standing(signoff, pages, signatures, states), tuple(found))


def signed_since(standing: Standing, store: Store) -> Standing:
    """The same pages with the signatures that the store has now."""
    signatures = signatures_in(store)
    contents = {number: page.content for number, page in standing.pages.items()}
    states = states_of(standing.spec, signatures, contents)
    return msgspec.structs.replace(standing, signatures=signatures, states=states)


def signatures_in(store: Store) -> tuple[Signature, ...]:
    """All signatures of the issue, in the order in which they were given."""
    read = (decode_signature(event.facts.get(_FACT, "")) for event in store.events() if event.kind == SIGNED)
    return tuple(one for one in read if one is not None)


class Signing(msgspec.Struct, frozen=True):
    """What somebody wants to sign: the page, in which role, by which name and key, when."""

    page: int
    role: str
    by: str
    at: str
    key: Key | None = None
    revision: int | None = None  # the proof that was looked at; None: the page's latest


def sign_page(standing: Standing, store: Store, spec: IssueSpec, wish: Signing, lang: Lang) -> Outcome[Signature]:
    """Sign the page as the proof shows it, and keep that in the log; None, and why, where it may not be."""
    page = standing.pages.get(wish.page)
    if page is None:
        known = ", ".join(map(str, standing.pages))
        return Outcome(None, (diagnose("build/no-such-page", None, page=wish.page, known=known),))
    found = Outcome(page.proof) if wish.revision is None else proof_of(store, wish.revision)
    proof = found.value
    if proof is None:
        return Outcome(None, found.diagnostics or (diagnose("sign/no-proof", None, page=wish.page),))
    number, seen = proof.number, kept_record(store, proof, wish.page)
    if seen.value is None:
        absent = diagnose("sign/page-not-in-proof", None, page=wish.page, revision=number)
        return Outcome(None, seen.diagnostics or (absent,))
    if content_hash(seen.value) != page.content:
        changes = changes_in_words(seen.value, page.record, lang)
        return Outcome(
            None, (diagnose("sign/not-what-was-seen", None, page=wish.page, revision=number, changes=changes),)
        )
    paper, date = spec.house.paper, spec.issue.date
    statement = Statement(FORMAT, paper, date, wish.page, number, page.content, wish.role, wish.by, wish.at)
    refused = check_signing(standing.spec, statement, wish.key, standing.of_page(wish.page))
    if refused:
        return Outcome(None, refused)
    signature = sign(statement, wish.key)
    text = f"{wish.page} {wish.role}"
    store.append_event(SIGNED, wish.at, wish.by, text, number, {_FACT: encode_signature(signature)})
    return Outcome(signature, () if wish.key else (diagnose("sign/name-alone", None),))


def check_signatures(standing: Standing, store: Store, lang: Lang) -> tuple[Diagnostic, ...]:
    """A finding for each role of each page that did not sign what the page is now; and what changed since it did."""
    found = []
    for one in standing.states:
        said = one.signature.statement if one.signature else None
        if said is None:
            found.append(diagnose("sign/missing", None, page=one.page, role=one.role))
        elif one.state == "forged":
            found.append(diagnose("sign/forged", None, page=one.page, role=one.role, by=said.by))
        elif one.state == "stale":
            changes = _since(said, standing.pages[one.page].record, store, lang)
            found.append(diagnose("sign/stale", None, page=one.page, role=one.role, by=said.by, changes=changes))
    return tuple(found)


def _since(said: Statement, now: PageRecord, store: Store, lang: Lang) -> str:
    """What changed since the page was signed, by the record of the revision that was."""
    revision = next((one for one in store.revisions() if one.number == said.revision), None)
    seen = kept_record(store, revision, said.page).value if revision else None
    if seen is None or content_hash(seen) != said.content:
        return "那一次校样已不在库里" if lang == "zh" else "the proof that was signed is no longer in the store"
    return changes_in_words(seen, now, lang)


def changes_in_words(old: PageRecord, new: PageRecord, lang: Lang) -> str:
    """What is different between two versions of a page, the weightiest first."""
    compared = compare(Edition("", (old,)), Edition("", (new,)))
    sentences = [sentence(change, compared.names, lang) for change in compared.changes]
    shown, rest = sentences[:_MOST_NAMED], len(sentences) - _MOST_NAMED
    if rest > 0:
        shown.append(f"另有 {rest} 处" if lang == "zh" else f"{rest} more")
    joint = "；" if lang == "zh" else "; "
    return joint.join(shown) or ("内容有别" if lang == "zh" else "the content differs")
