"""The guards that come with the engine (自带的把关), in the order in which they look."""

from typing import Final

from layout_engine.guards.doubled import DoubledGuard
from layout_engine.guards.figures import FiguresGuard
from layout_engine.guards.filler import FillerGuard
from layout_engine.guards.guard import Guard
from layout_engine.guards.people import NamesGuard
from layout_engine.guards.pictures import PicturesGuard, RegionsGuard
from layout_engine.guards.punctuation import PunctuationGuard
from layout_engine.guards.repeated import RepeatedGuard
from layout_engine.guards.words import WordsGuard

BUILT_IN_GUARDS: Final[tuple[Guard, ...]] = (
    NamesGuard(),
    FiguresGuard(),
    FillerGuard(),
    RepeatedGuard(),
    PicturesGuard(),
    RegionsGuard(),
    DoubledGuard(),
    PunctuationGuard(),
    WordsGuard(),
)
