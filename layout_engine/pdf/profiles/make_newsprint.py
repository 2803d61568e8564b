"""Makes `newsprint-model.icc`: what coldset newsprint is expected to print (冷固新闻纸印刷模型), from published aims.

A model, not a measurement: the sixteen Neugebauer primaries (paper, solids, overprints), a tone value increase of
26 % and nothing else. Light from a halftone is the mean of the primaries weighted by the paper they cover
(Neugebauer with Demichel's weights, Yule-Nielsen n = 1). The separation goes the other way: heavy black from the
highlights on, never more ink than the press takes. Developers run it by hand; the engine reads only the result:

    python make_newsprint.py        # numpy >= 2; writes the same bytes each time

Sources: print.md, table K, after ISO 12647-3 for the solids; overprints after the aims commonly published for
newspaper coldset; all are to be replaced when a house has its printer's measurements. ICC.1:2001-04 for the format.
"""

import struct
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

NAME: Final = "Coldset newsprint model, not a measured characterisation"
TERMS: Final = "CC0 1.0: no rights reserved"
MADE: Final = (2024, 5, 21, 0, 0, 0)  # fixed, so that the bytes are

TOTAL_INK: Final = 2.39  # PR-48 allows 240 %; the rest is for rounding to eight bits in four channels
MAX_BLACK: Final = 0.95  # PR-48: K of a picture
TONE_VALUE_INCREASE: Final = 0.26  # at half tone, print.md K

# CIELAB D50 of paper and inks; keys are the inks that lie on it.
PRIMARIES: Final = {
    "": (82, 0, 3), "C": (57, -23, -27), "M": (54, 44, -2), "Y": (78, -3, 58),
    "MY": (52, 41, 25), "CY": (53, -34, 17), "CM": (41, 7, -22), "CMY": (40, 0, 1),
    "K": (36, 1, 4), "CK": (34.5, -1, 2), "MK": (34.5, 3, 3), "YK": (35.5, 1, 5),
    "MYK": (34, 3, 4), "CYK": (34, -1, 3), "CMK": (33.2, 1, 1.5), "CMYK": (32.5, 0.5, 2),
}  # fmt: skip
D50: Final = np.array([0.9642, 1.0, 0.8249])

A2B_GRID, B2A_GRID, GAMUT_GRID = 9, 21, 15
NEUTRAL_SHARE: Final = 0.5  # the middle node of a grid stands for a* or b* = 0


def lab_to_xyz(lab: Array) -> Array:
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], axis=-1)
    return np.where(f > 6 / 29, f**3, (f - 4 / 29) * 3 * (6 / 29) ** 2) * D50


def xyz_to_lab(xyz: Array) -> Array:
    t = xyz / D50
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


_EXPONENT: Final = np.log(0.5 - TONE_VALUE_INCREASE) / np.log(0.5)


def covered(tone: Array) -> Array:
    """The part of the paper that a dot of this tone covers in print: 50 % becomes 76 %."""
    return 1 - (1 - np.clip(tone, 0, 1)) ** _EXPONENT


def tone(coverage: Array) -> Array:
    """The tone in the file that prints as this coverage: the inverse of `covered`."""
    return 1 - (1 - np.clip(coverage, 0, 1)) ** (1 / _EXPONENT)


def primaries() -> Array:
    """Media-relative XYZ by [c, m, y, k] on or off."""
    table = np.empty((2, 2, 2, 2, 3))
    for inks, lab in PRIMARIES.items():
        table[tuple(int(ink in inks) for ink in "CMYK")] = lab_to_xyz(np.array(lab, dtype=float))
    return table * (D50 / table[0, 0, 0, 0])


SOLIDS: Final = primaries()
PAPER_XYZ: Final = lab_to_xyz(np.array(PRIMARIES[""], dtype=float))


def printed(coverage: Array) -> Array:
    """Media-relative XYZ of coverages [..., CMYK]: the mean of the primaries weighted by the paper they cover."""
    c, m, y, k = (np.stack([1 - coverage[..., i], coverage[..., i]], axis=-1) for i in range(4))
    return np.einsum("...i,...j,...k,...l,ijklx->...x", c, m, y, k, SOLIDS, optimize=True)


def inks_for(xyz: Array, black: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Coverages of C, M, Y that give a colour over so much black, and whether the press can print them."""
    over = np.einsum("...l,ijklx->...ijkx", np.stack([1 - black, black], axis=-1), SOLIDS)
    cmy = np.full((*black.shape, 3), 0.4)
    for _ in range(14):  # Newton's method; the colour is linear in each ink by itself
        c, m, y = (np.stack([1 - cmy[..., i], cmy[..., i]], axis=-1) for i in range(3))
        by_c = np.einsum("...ijkx,...j,...k->...ix", over, m, y)
        by_m = np.einsum("...ijkx,...i,...k->...jx", over, c, y)
        by_y = np.einsum("...ijkx,...i,...j->...kx", over, c, m)
        slope = np.stack([by[..., 1, :] - by[..., 0, :] for by in (by_c, by_m, by_y)], axis=-1)
        miss = xyz - np.einsum("...ix,...i->...x", by_c, c)
        step = np.linalg.solve(slope + 1e-7 * np.eye(3), miss[..., None])[..., 0]
        cmy = np.clip(cmy + np.clip(step, -0.4, 0.4), -0.3, 1.3)
    residue = np.abs(miss).max(axis=-1)
    total = tone(cmy).sum(axis=-1) + tone(black)
    inside = (cmy > -1e-5).all(axis=-1) & (cmy < 1 + 1e-5).all(axis=-1)
    return cmy, inside & (residue < 1e-4) & (total < TOTAL_INK + 1e-6)


_BLACKS: Final = np.linspace(0, MAX_BLACK, 20)  # tones tried when asking whether a colour can be printed


class Range(NamedTuple):
    """The least and the most black with which a colour can be printed; tones."""

    least: Array
    most: Array
    possible: NDArray[np.bool_]


def black_range(xyz: Array) -> Range:
    tones = np.broadcast_to(_BLACKS, (*xyz.shape[:-1], len(_BLACKS)))
    _, good = inks_for(np.broadcast_to(xyz[..., None, :], (*tones.shape, 3)), covered(tones))
    possible = good.any(axis=-1)
    first = good.argmax(axis=-1)
    last = len(_BLACKS) - 1 - good[..., ::-1].argmax(axis=-1)
    least = _edge(xyz, _BLACKS[first], _BLACKS[np.maximum(first - 1, 0)])
    most = _edge(xyz, _BLACKS[last], _BLACKS[np.minimum(last + 1, len(_BLACKS) - 1)])
    return Range(least, most, possible)


def _edge(xyz: Array, good: Array, bad: Array) -> Array:
    for _ in range(12):
        middle = (good + bad) / 2
        _, works = inks_for(xyz, covered(middle))
        good, bad = np.where(works, middle, good), np.where(works, bad, middle)
    return good


def grey_path() -> tuple[Array, Array]:
    """Lightness and tones [CMYK] of the grey axis, from paper to black: every ink only grows."""
    t = np.linspace(0, 1, 401)
    greys = lab_to_xyz(np.stack([np.linspace(100, 52, 300), np.zeros(300), np.zeros(300)], axis=-1))
    balance, printable = inks_for(greys, np.zeros(300))
    balance = tone(balance[printable | (np.arange(300) == 0)])
    cyan_at_black = np.interp(TOTAL_INK - MAX_BLACK, balance.sum(axis=-1), balance[:, 0])
    cyan = cyan_at_black * (1 - (1 - t) ** 1.9) * 0.62 + cyan_at_black * t**5 * 0.38
    black = MAX_BLACK * np.clip((t - BLACK_START) / (1 - BLACK_START), 0, 1) ** 1.25
    inks = np.stack(
        [cyan, np.interp(cyan, balance[:, 0], balance[:, 1]), np.interp(cyan, balance[:, 0], balance[:, 2]), black],
        axis=-1,
    )
    return xyz_to_lab(printed(covered(inks)))[:, 0], inks


BLACK_START: Final = 0.06  # black comes in at the first visible grey: newsprint wants it early


ON_AXIS: Final = 1e-6  # chroma below which a colour is the grey axis itself


class Separation:
    """From a media-relative colour to four tones (分色)."""

    def __init__(self) -> None:
        lightness, self.grey_inks = grey_path()
        self.grey_lab = xyz_to_lab(printed(covered(self.grey_inks)))
        self.black_lightness = lightness[-1]
        at = np.linspace(self.black_lightness + 0.05, 99.9, 120)
        target = np.stack([at, self._tint(at, 1), self._tint(at, 2)], axis=-1)
        span = black_range(lab_to_xyz(target))
        wanted = self._on_path(at, self.grey_inks[:, 3])
        share = (wanted - span.least) / np.maximum(span.most - span.least, 0.01)
        self._share_at, self._share = at, np.clip(share, 0, 1)
        self._measure_gamut()

    def _on_path(self, lightness: Array, values: Array) -> Array:
        return np.interp(lightness, self.grey_lab[::-1, 0], values[::-1])

    def _tint(self, lightness: Array, axis: int) -> Array:
        """How far the grey that black ink gives is from a* = b* = 0: about one unit, in the shadows."""
        return self._on_path(lightness, self.grey_lab[:, axis])

    def __call__(self, lab: Array) -> Array:
        """Tones [..., CMYK] of the nearest printable colour."""
        flat = lab.reshape(-1, 3)
        mapped = self._nearest(np.clip(flat[:, 0], self.black_lightness, 100), flat[:, 1], flat[:, 2])
        inks = self._separate(self._tinted(mapped))
        on_axis = np.hypot(flat[:, 1], flat[:, 2]) < ON_AXIS
        grey = np.stack([self._on_path(mapped[:, 0], self.grey_inks[:, i]) for i in range(4)], axis=-1)
        return np.where(on_axis[:, None], grey, inks).reshape(*lab.shape[:-1], 4)

    def _tinted(self, lab: Array) -> Array:
        """The colour over the press's own grey."""
        tint = np.stack([0 * lab[:, 0], self._tint(lab[:, 0], 1), self._tint(lab[:, 0], 2)], axis=-1)
        return lab + tint

    def _measure_gamut(self) -> None:
        """The most chroma at each lightness and hue."""
        self.light = np.linspace(self.black_lightness, 100, 48)
        self.hue = np.linspace(-np.pi, np.pi, 73)
        light, hue = np.meshgrid(self.light, self.hue, indexing="ij")
        inside, outside = np.zeros(light.shape), np.full(light.shape, 90.0)
        for _ in range(10):
            chroma = (inside + outside) / 2
            lab = np.stack([light, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1).reshape(-1, 3)
            works = black_range(lab_to_xyz(self._tinted(lab))).possible.reshape(light.shape)
            inside, outside = np.where(works, chroma, inside), np.where(works, outside, chroma)
        self.most_chroma = inside

    def _nearest(self, light: Array, a: Array, b: Array) -> Array:
        """The printable colour at the least distance; a change of hue weighs most, one of chroma least."""
        chroma, hue = np.hypot(a, b), np.arctan2(b, a)
        steps = np.linspace(-0.45, 0.45, 19)
        best = np.full(light.shape, np.inf)
        result = np.stack([light, a, b], axis=-1)
        whole = chroma <= self.boundary(light, hue)
        for lightness in np.linspace(self.black_lightness, 100, 116):
            for turn in steps:
                most = self.boundary(np.full_like(light, lightness), hue + turn)
                kept = np.minimum(chroma * np.cos(turn), most)
                off_hue = 2 * np.sqrt(chroma * kept) * np.sin(turn / 2)
                distance = (2.0 * (light - lightness)) ** 2 + (chroma - kept) ** 2 + (1.4 * off_hue) ** 2
                nearer = ~whole & (distance < best)
                best = np.where(nearer, distance, best)
                colour = np.stack(
                    [np.full_like(light, lightness), kept * np.cos(hue + turn), kept * np.sin(hue + turn)], axis=-1
                )
                result = np.where(nearer[:, None], colour, result)
        for _ in range(8):  # the table is coarse: take back what it promised too much
            works = black_range(lab_to_xyz(self._tinted(result))).possible | (np.hypot(a, b) < ON_AXIS)
            result = result * np.where(works[:, None], 1, np.array([1, 0.96, 0.96]))
        return result

    def boundary(self, light: Array, hue: Array) -> Array:
        row = (light - self.light[0]) / (self.light[1] - self.light[0])
        column = ((hue + np.pi) % (2 * np.pi)) / (self.hue[1] - self.hue[0])
        i = np.clip(row.astype(int), 0, len(self.light) - 2)
        j = np.clip(column.astype(int), 0, len(self.hue) - 2)
        u, v, table = row - i, column - j, self.most_chroma
        return (table[i, j] * (1 - v) + table[i, j + 1] * v) * (1 - u) + (
            table[i + 1, j] * (1 - v) + table[i + 1, j + 1] * v
        ) * u

    def _separate(self, lab: Array) -> Array:
        xyz = lab_to_xyz(lab)
        span = black_range(xyz)
        share = np.interp(lab[..., 0], self._share_at, self._share)
        black = span.least + share * (span.most - span.least)
        cmy, _ = inks_for(xyz, covered(black))
        inks = np.concatenate([tone(cmy), black[..., None]], axis=-1)
        colour = inks[..., :3]
        room = (TOTAL_INK - inks[..., 3]) / np.maximum(colour.sum(axis=-1), 1e-9)
        return np.concatenate([colour * np.minimum(room, 1)[..., None], inks[..., 3:]], axis=-1)


_LIGHTNESS_UNIT: Final = 652.8  # ICC v2, 16 bits: L* 100 is 0xFF00, a* and b* 0 are 0x8000
_AB_UNIT: Final = 256.0
BARE_PAPER: Final = 99.8  # L* from which nothing is printed: rounding must not put a veil over white
_AB_SOFTNESS: Final = 30.0  # nodes stand close together where newsprint's colours are


def scaled(lab: Array, black_lightness: float, away_from_black: bool) -> Array:
    """Perceptual lightness: the black of the PCS is the black of the press (or back again)."""
    floor = lab_to_xyz(np.array([black_lightness, 0.0, 0.0]))[1]
    xyz = lab_to_xyz(lab)
    return xyz_to_lab(xyz * (1 - floor) + floor * D50 if away_from_black else (xyz - floor * D50) / (1 - floor))


def a2b(press: Separation, perceptual: bool) -> bytes:
    """Tones to Lab: the input curves are the press's tone value increase, the grid the primaries between."""
    curve = covered(np.linspace(0, 1, 256))
    nodes = np.linspace(0, 1, A2B_GRID)
    grid = np.stack(np.meshgrid(*[nodes] * 4, indexing="ij"), axis=-1)
    lab = xyz_to_lab(printed(grid))
    if perceptual:
        lab = scaled(lab, press.black_lightness, away_from_black=False)
    coded = np.stack(
        [lab[..., 0] * _LIGHTNESS_UNIT, (lab[..., 1] + 128) * _AB_UNIT, (lab[..., 2] + 128) * _AB_UNIT], axis=-1
    )
    return _mft2([curve * 65535] * 4, coded, outputs=3)


def b2a(press: Separation, perceptual: bool) -> bytes:
    """Lab to tones."""
    light, spread, grid = _lab_grid(B2A_GRID, dense_from=2.0 if perceptual else press.black_lightness - 1)
    tones = press(scaled(grid, press.black_lightness, away_from_black=True) if perceptual else grid)
    return _mft2([light, spread, spread], tones * 65535, outputs=4)


def gamut(press: Separation) -> bytes:
    """Zero where the press can print a colour."""
    light, spread, grid = _lab_grid(GAMUT_GRID, dense_from=press.black_lightness - 1)
    flat = grid.reshape(-1, 3)
    chroma, hue = np.hypot(flat[:, 1], flat[:, 2]), np.arctan2(flat[:, 2], flat[:, 1])
    most = press.boundary(np.clip(flat[:, 0], press.black_lightness, 100), hue)
    outside = (chroma > most + 1) | (flat[:, 0] < press.black_lightness - 0.5)
    return _mft2([light, spread, spread], outside.reshape(*grid.shape[:-1], 1) * 65535.0, outputs=1)


def _lab_grid(size: int, dense_from: float) -> tuple[Array, Array, Array]:
    """Input curves for L* and for a* and b*, and the Lab values of the nodes."""
    nodes = np.linspace(0, 1, size)
    value = np.linspace(0, 65535, 512)
    first = nodes[1]  # below the darkest lightness that prints there is nothing to tell apart
    light = np.interp(value / _LIGHTNESS_UNIT, [0, dense_from, BARE_PAPER], [0, first, 1])
    node_light = np.interp(nodes, [0, first, 1], [0, dense_from, BARE_PAPER])
    node_light[-1] = 100.0
    reach = np.arcsinh(128 / _AB_SOFTNESS)
    spread = np.clip(0.5 + 0.5 * np.arcsinh((value / _AB_UNIT - 128) / _AB_SOFTNESS) / reach, 0, 1)
    node_ab = _AB_SOFTNESS * np.sinh((2 * nodes - 1) * reach)
    node_ab[size // 2] = 0.0
    grid = np.stack(np.meshgrid(node_light, node_ab, node_ab, indexing="ij"), axis=-1)
    return light * 65535, spread * 65535, grid


def _mft2(curves: list[Array], grid: Array, outputs: int) -> bytes:
    """lut16Type (ICC.1:2001-04, 6.5.8)."""
    size = grid.shape[0]
    identity = struct.pack(">9l", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    head = struct.pack(">4sL4B", b"mft2", 0, len(curves), outputs, size, 0) + identity
    head += struct.pack(">HH", len(curves[0]), 2)
    body = b"".join(_words(curve) for curve in curves) + _words(grid) + _words(np.array([0, 65535] * outputs))
    return head + body


def _words(values: Array) -> bytes:
    return np.clip(np.floor(values + 0.5), 0, 65535).astype(">u2").tobytes()


def profile() -> bytes:
    """The whole profile; a tag that says the same as another points at its data."""
    press = Separation()
    perceptual_out, perceptual_in = a2b(press, perceptual=True), b2a(press, perceptual=True)
    tags = {
        b"desc": _description(NAME),
        b"cprt": b"text" + bytes(4) + TERMS.encode("ascii") + b"\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3l", *(round(v * 65536) for v in PAPER_XYZ)),
        b"A2B0": perceptual_out,
        b"A2B1": a2b(press, perceptual=False),
        b"A2B2": perceptual_out,
        b"B2A0": perceptual_in,
        b"B2A1": b2a(press, perceptual=False),
        b"B2A2": perceptual_in,
        b"gamt": gamut(press),
    }
    offset = 128 + 4 + 12 * len(tags)
    table, body, places = b"", b"", {}
    for tag, data in tags.items():
        if data not in places:
            places[data] = offset + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sLL", tag, places[data], len(data))
    size = offset + len(body)
    head = struct.pack(">L4sL4s4s4s6H4s", size, b"\0" * 4, 0x02400000, b"prtr", b"CMYK", b"Lab ", *MADE, b"acsp")
    head += bytes(24) + struct.pack(">L3l", 1, *(round(v * 65536) for v in D50))  # relative colorimetric by default
    return head.ljust(128, b"\0") + struct.pack(">L", len(tags)) + table + body


def _description(text: str) -> bytes:
    """textDescriptionType (6.5.17): ASCII, no Unicode, no Macintosh script."""
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">L", len(ascii_text)) + ascii_text + bytes(8 + 3 + 67)


if __name__ == "__main__":
    (Path(__file__).parent / "newsprint-model.icc").write_bytes(profile())
