"""Paragraphs that nobody wrote, for the laws: Han, marks in any company, numbers, western words, spaces."""

from hypothesis import strategies as st

_HAN = st.text("的一是在不了有和人这中大为上个国我以要他时来用们生到作地", min_size=1, max_size=12)
_MARKS = st.text("，。、；：？！“”‘’（）《》·～％℃／", min_size=1, max_size=4)
_PAIRS = st.sampled_from(["——", "……", "？！", "”，", "：“", "》、《"])
_NUMBERS = st.sampled_from(
    ["18.4%", "2,000", "0532-86567888", "1+3", "5", "2024", "￥1280", "±3", "8:30", "37℃", "63%～68%"]
)
_WESTERN = st.sampled_from(["C919", "ABC", "5G", "it’s", "information", "A", "New York", "e-mail", "100km"])
_SPACES = st.sampled_from([" ", "\u3000"])


def paragraphs() -> st.SearchStrategy[str]:
    """Text that begins with Han and has no line break."""
    pieces = st.one_of(_HAN, _HAN, _HAN, _MARKS, _PAIRS, _NUMBERS, _WESTERN, _SPACES)
    return st.builds(lambda first, rest: first + "".join(rest), _HAN, st.lists(pieces, max_size=25))
