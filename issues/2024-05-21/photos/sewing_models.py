"""Models for the drawn lead picture: a seamstress, her machine, clothes on hangers (车间里的人、机、衣).

Every body is a signed distance field (negative inside, metres) sampled on a grid and turned into triangles by
marching cubes, so that limbs, sleeves and castings run into each other without seams. Local frame of a station:
the worker sits at the origin and looks along +z, y is up, her left hand is at +x. Used by `make_sewing.py` only.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from skimage.measure import marching_cubes

Field = NDArray[np.float64]
Vec = tuple[float, float, float]
Sdf = Callable[[Field], Field]


class Mesh(NamedTuple):
    vertices: Field
    faces: NDArray[np.int64]


def mesh_of(sdf: Sdf, low: Vec, high: Vec, step: float) -> Mesh:
    """The zero surface of a field between two corners."""
    axes = [np.arange(a, b + step, step) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    values = sdf(grid)
    vertices, faces, _, _ = marching_cubes(values, 0.0, spacing=(step, step, step), allow_degenerate=False)
    return Mesh(vertices + np.array(low), faces[:, ::-1])


def ball(p: Field, centre: Vec, radii: Vec) -> Field:
    q = (p - np.array(centre)) / np.array(radii)
    length = np.sqrt((q * q).sum(-1))
    return (length - 1.0) * min(radii)


def limb(p: Field, a: Vec, b: Vec, ra: float, rb: float) -> Field:
    """A round cone from a to b."""
    start, along = np.array(a), np.array(b) - np.array(a)
    t = np.clip(((p - start) @ along) / (along @ along), 0.0, 1.0)
    d = p - start - t[..., None] * along
    return np.sqrt((d * d).sum(-1)) - (ra + (rb - ra) * t)


def slab(p: Field, centre: Vec, half: Vec, rounding: float) -> Field:
    q = np.abs(p - np.array(centre)) - (np.array(half) - rounding)
    outside = np.maximum(q, 0.0)
    return np.sqrt((outside * outside).sum(-1)) + np.minimum(q.max(-1), 0.0) - rounding


def blend(k: float, *fields: Field) -> Field:
    """Smooth union: the parts melt into each other over the length k."""
    result = fields[0]
    for other in fields[1:]:
        h = np.clip(0.5 + 0.5 * (other - result) / k, 0.0, 1.0)
        result = other * (1 - h) + result * h - k * h * (1 - h)
    return result


def tilted(p: Field, pivot: Vec, nod: float, turn: float = 0.0) -> Field:
    """The points seen from a head that nods down and turns to its left by so many radians."""
    q = p - np.array(pivot)
    x, y, z = q[..., 0], q[..., 1], q[..., 2]
    x, z = np.cos(turn) * x - np.sin(turn) * z, np.sin(turn) * x + np.cos(turn) * z
    y, z = np.cos(nod) * y + np.sin(nod) * z, -np.sin(nod) * y + np.cos(nod) * z
    return np.stack([x, y, z], axis=-1)


class Pose(NamedTuple):
    nod: float  # radians the head is bent to the needle
    turn: float  # radians the head is turned to her left
    lean: float  # metres the shoulders are in front of the hips
    reach: float  # metres the left hand is farther along the cloth than the right


def _shoulder(pose: Pose) -> Vec:
    return (0.0, 0.985, 0.02 + pose.lean)


def jacket(pose: Pose) -> Sdf:
    _, sy, sz = _shoulder(pose)

    def sdf(p: Field) -> Field:
        folds = 0.004 * np.sin(70 * p[..., 1] + 18 * p[..., 0]) * np.exp(-((p[..., 1] - 0.68) ** 2) / 0.012)
        torso = blend(
            0.09,
            ball(p, (0, 0.58, -0.01), (0.185, 0.13, 0.15)),
            ball(p, (0, 0.74, 0.04), (0.155, 0.16, 0.115)),
            ball(p, (0, 0.90, sz - 0.02), (0.175, 0.14, 0.12)),
            limb(p, (-0.14, sy - 0.02, sz), (0.14, sy - 0.02, sz), 0.07, 0.07),
            limb(p, (0, sy, sz), (0, sy + 0.07, sz + 0.03), 0.062, 0.052),
        )
        arms = []
        for side, far in ((-1.0, 0.0), (1.0, pose.reach)):
            elbow = (side * 0.265, 0.79, sz + 0.10)
            wrist = (side * 0.115, 0.835, 0.43 + far)
            wrinkle = 0.0035 * np.sin(95 * (p[..., 1] + 0.6 * p[..., 2]))
            upper = limb(p, (side * 0.175, sy - 0.02, sz), elbow, 0.068, 0.055)
            lower = limb(p, elbow, wrist, 0.055, 0.041)
            arms.append(blend(0.03, upper, lower) + wrinkle)
        return blend(0.035, torso + folds, *arms)

    return sdf


def skin(pose: Pose) -> Sdf:
    _, sy, sz = _shoulder(pose)
    pivot = (0.0, sy + 0.15, sz + 0.055)

    def sdf(p: Field) -> Field:
        h = tilted(p, pivot, pose.nod, pose.turn)
        head = blend(
            0.03,
            ball(h, (0, 0.045, 0.015), (0.078, 0.098, 0.092)),
            ball(h, (0, -0.012, 0.045), (0.06, 0.075, 0.058)),
        )
        nose = limb(h, (0, 0.03, 0.102), (0, 0.0, 0.118), 0.009, 0.014)
        ears = np.minimum(
            ball(h, (0.079, 0.02, 0.005), (0.012, 0.03, 0.02)), ball(h, (-0.079, 0.02, 0.005), (0.012, 0.03, 0.02))
        )
        neck = limb(p, (0, sy + 0.02, sz), (0, sy + 0.13, sz + 0.05), 0.05, 0.048)
        hands = []
        for side, far in ((-1.0, 0.0), (1.0, pose.reach)):
            wrist = (side * 0.112, 0.832, 0.435 + far)
            palm = (side * 0.075, 0.812, 0.50 + far)
            fingers = [
                limb(p, palm, (side * (0.03 + 0.022 * i), 0.797, 0.565 + far - 0.006 * i * i), 0.012, 0.008)
                for i in range(4)
            ]
            thumb = limb(p, palm, (side * 0.018, 0.80, 0.515 + far), 0.012, 0.009)
            hands.append(blend(0.012, limb(p, wrist, palm, 0.028, 0.026), *fingers, thumb))
        return np.minimum(blend(0.012, blend(0.02, head, neck), nose, ears), np.minimum(*hands))

    return sdf


def hair(pose: Pose) -> Sdf:
    _, sy, sz = _shoulder(pose)
    pivot = (0.0, sy + 0.15, sz + 0.055)

    def sdf(p: Field) -> Field:
        h = tilted(p, pivot, pose.nod, pose.turn)
        shell = ball(h, (0, 0.048, 0.002), (0.085, 0.103, 0.095))
        front = 0.045 - h[..., 2] - 0.45 * (h[..., 1] - 0.06)  # the hair line falls back from forehead to ear
        cut = np.maximum(shell, -front)
        bun = ball(h, (0, 0.015, -0.115), (0.045, 0.042, 0.036))
        brows = [limb(h, (s * 0.018, 0.052, 0.1), (s * 0.048, 0.05, 0.088), 0.0045, 0.003) for s in (-1, 1)]
        lashes = [limb(h, (s * 0.018, 0.026, 0.099), (s * 0.046, 0.025, 0.087), 0.005, 0.0035) for s in (-1, 1)]
        strands = 0.0015 * np.sin(160 * h[..., 0]) * np.cos(60 * h[..., 1])
        return np.minimum(blend(0.02, cut + strands, bun), np.minimum.reduce([*brows, *lashes]))

    return sdf


def kerchief(pose: Pose) -> Sdf:
    """The workshop cap: a cloth bound over the hair, with a band."""
    _, sy, sz = _shoulder(pose)
    pivot = (0.0, sy + 0.15, sz + 0.055)

    def sdf(p: Field) -> Field:
        h = tilted(p, pivot, pose.nod, pose.turn)
        crown = ball(h, (0, 0.075, -0.012), (0.1, 0.092, 0.11)) + 0.003 * np.sin(60 * h[..., 0])
        above = 0.07 - h[..., 1] - 0.12 * h[..., 2]
        brim = slab(h, (0, 0.085, 0.112), (0.055, 0.006, 0.035), 0.005)
        return blend(0.012, np.maximum(crown, above), brim)

    return sdf


def mask(pose: Pose) -> Sdf:
    _, sy, sz = _shoulder(pose)
    pivot = (0.0, sy + 0.15, sz + 0.055)

    def sdf(p: Field) -> Field:
        h = tilted(p, pivot, pose.nod, pose.turn)
        shell = ball(h, (0, -0.012, 0.045), (0.070, 0.090, 0.087))
        window = slab(h, (0, -0.022, 0.09), (0.064, 0.050, 0.075), 0.012)
        shell = blend(0.03, shell, ball(h, (0, 0.0, 0.112), (0.024, 0.032, 0.026)))
        pleats = 0.0018 * np.sin(300 * h[..., 1])
        return np.maximum(shell, window) + pleats

    return sdf


def trousers(pose: Pose) -> Sdf:
    def sdf(p: Field) -> Field:
        legs = []
        for side in (-1.0, 1.0):
            knee = (side * 0.13, 0.53, 0.42)
            legs.append(
                blend(
                    0.04,
                    limb(p, (side * 0.09, 0.54, 0.0), knee, 0.09, 0.068),
                    limb(p, knee, (side * 0.12, 0.12, 0.42), 0.064, 0.052),
                )
            )
        return blend(0.05, ball(p, (0, 0.54, -0.02), (0.17, 0.09, 0.13)), *legs)

    return sdf


def shoes(pose: Pose) -> Sdf:
    def sdf(p: Field) -> Field:
        pair = [limb(p, (s * 0.12, 0.055, 0.41), (s * 0.13, 0.04, 0.54), 0.045, 0.036) for s in (-1.0, 1.0)]
        return np.minimum(*pair)

    return sdf


NEEDLE = (0.02, 0.0, 0.56)


def machine_body(p: Field) -> Field:
    x, _, z = NEEDLE
    bed = slab(p, (x - 0.2, 0.775, z), (0.25, 0.022, 0.09), 0.012)
    pillar = slab(p, (x - 0.38, 0.91, z), (0.06, 0.15, 0.06), 0.03)
    arm = slab(p, (x - 0.2, 1.04, z), (0.23, 0.052, 0.055), 0.035)
    head = slab(p, (x, 1.0, z), (0.05, 0.095, 0.052), 0.022)
    return blend(0.035, bed, pillar, arm, head)


def machine_dark(p: Field) -> Field:
    """Hand wheel, motor, panel, face plate: what is not white on an industrial machine."""
    x, _, z = NEEDLE
    wheel = np.maximum(
        np.sqrt((p[..., 1] - 1.03) ** 2 + (p[..., 2] - z) ** 2) - 0.07, np.abs(p[..., 0] - (x - 0.475)) - 0.025
    )
    panel = slab(p, (x - 0.2, 1.115, z - 0.01), (0.08, 0.03, 0.02), 0.008)
    stripe = slab(p, (x - 0.2, 1.03, z - 0.05), (0.12, 0.016, 0.012), 0.004)
    bar = limb(p, (x, 0.8, z), (x, 0.92, z), 0.006, 0.009)
    foot = slab(p, (x, 0.803, z - 0.02), (0.012, 0.006, 0.026), 0.003)
    motor = slab(p, (x - 0.28, 0.64, z), (0.11, 0.08, 0.09), 0.02)
    rod = slab(p, (x - 0.05, 0.4, z), (0.008, 0.3, 0.008), 0.003)
    pedal = slab(p, (0.0, 0.09, 0.5), (0.16, 0.012, 0.09), 0.006)
    return np.minimum.reduce([wheel, panel, stripe, bar, foot, motor, rod, pedal])


def table_top(p: Field) -> Field:
    return slab(p, (-0.1, 0.745, 0.6), (0.62, 0.018, 0.30), 0.008)


def table_frame(p: Field) -> Field:
    parts = []
    for x in (-0.62, 0.42):
        parts += [
            slab(p, (x, 0.38, 0.6), (0.03, 0.36, 0.025), 0.006),
            slab(p, (x, 0.03, 0.6), (0.03, 0.02, 0.30), 0.006),
            slab(p, (x, 0.715, 0.6), (0.03, 0.014, 0.26), 0.006),
        ]
    parts.append(slab(p, (-0.1, 0.2, 0.62), (0.53, 0.02, 0.015), 0.005))
    parts.append(limb(p, (-0.6, 0.74, 0.82), (-0.6, 1.42, 0.82), 0.01, 0.01))  # the thread stand
    parts.append(limb(p, (-0.75, 1.4, 0.82), (-0.42, 1.4, 0.82), 0.007, 0.007))
    parts.append(slab(p, (-0.59, 0.8, 0.82), (0.13, 0.006, 0.05), 0.003))
    return np.minimum.reduce(parts)


def stool(p: Field) -> Field:
    seat = slab(p, (0, 0.44, -0.03), (0.19, 0.022, 0.18), 0.015)
    back = slab(p, (0, 0.78, -0.22), (0.17, 0.09, 0.012), 0.01)
    legs = [limb(p, (sx * 0.16, 0.44, sz), (sx * 0.19, 0.0, sz * 1.15), 0.014, 0.014)
            for sx in (-1, 1) for sz in (-0.18, 0.13)]
    posts = [limb(p, (sx * 0.15, 0.44, -0.2), (sx * 0.15, 0.84, -0.23), 0.012, 0.012) for sx in (-1, 1)]
    return np.minimum.reduce([seat, back, *legs, *posts])


def cloth_in_work(variant: int) -> Sdf:
    """The piece under the needle: it lies on the table, folds up in front of the foot and hangs over the edge."""

    def sdf(p: Field) -> Field:
        x, y, z = p[..., 0], p[..., 1], p[..., 2]
        phase = 1.7 * variant
        edge = 0.30  # the edge of the table towards the worker
        waves = 0.012 * np.sin(26 * x + phase) * np.sin(17 * z + 2 * phase) + 0.010 * np.sin(41 * x - 23 * z + phase)
        heap = 0.05 * np.exp(-(((x - 0.24) / 0.11) ** 2 + ((z - 0.62) / 0.12) ** 2))
        top = 0.778 + np.abs(waves) + heap
        drop = np.clip(edge - z, 0, None)
        surface = np.abs(y - (top - 9 * drop * drop - 0.4 * drop)) * 0.7 - 0.006
        sheet = np.maximum(surface, np.maximum(np.abs(x - 0.16) - 0.27 - 0.02 * np.sin(20 * z), np.abs(z - 0.52) - 0.3))
        hang = np.abs(z - (0.288 + 0.014 * np.sin(24 * x + phase))) * 0.8 - 0.006
        lower = 0.50 + 0.05 * np.sin(6 * x + phase)
        front = np.maximum(hang, np.maximum(np.abs(x - 0.2) - 0.2, np.maximum(y - 0.77, lower - y)))
        return blend(0.02, sheet, front)

    return sdf


def garment(kind: str, variant: int) -> Sdf:
    """A shirt, coat or dress hanging at the origin: shoulders at y = 0, broad along x."""
    length = {"shirt": 0.72, "coat": 0.98, "dress": 1.08}[kind]
    phase = 2.1 * variant

    def sdf(p: Field) -> Field:
        x, y, z = p[..., 0], p[..., 1], p[..., 2]
        down = np.clip(-y / length, 0.0, 1.0)
        flare = {"shirt": 0.03, "coat": 0.05, "dress": 0.13}[kind]
        waist = {"shirt": 0.0, "coat": 0.02, "dress": 0.06}[kind]
        width = 0.225 + flare * down**1.5 - waist * np.exp(-((down - 0.38) ** 2) / 0.02)
        slope = 0.045 * np.abs(x) / 0.2  # the shoulders fall
        folds = (0.016 * np.sin(42 * x + phase) + 0.009 * np.sin(73 * x - phase + 3 * y)) * down
        thick = 0.035 + 0.022 * down + 0.008 * np.sin(9 * y + phase)
        across = np.abs(x + 0.012 * np.sin(4 * y + phase)) - width
        hem = -length - y + 0.018 * np.sin(15 * x + phase)
        shell = np.maximum(np.maximum(across, np.abs(z + folds) - thick), np.maximum(y + slope, hem))
        round_body = blend(0.03, shell * 0.75, ball(p, (0, -0.2, 0), (0.19, 0.16, 0.05)))
        reach = 0.62 if kind != "dress" else 0.2
        sleeves = []
        for side in (-1.0, 1.0):
            wobble = 0.006 * np.sin(34 * y + phase * side)
            sleeves.append(
                limb(p, (side * 0.2, -0.07, 0), (side * (0.285 if reach > 0.5 else 0.27), -reach, 0.025 * side),
                     0.062, 0.052) * 0.9 + wobble
            )
        collar = np.maximum(limb(p, (0, -0.01, 0), (0, 0.045, 0), 0.068, 0.058), np.abs(y - 0.01) - 0.045)
        body = blend(0.03, round_body, *sleeves, collar)
        neck = limb(p, (0, 0.0, 0.03), (0, 0.1, 0.02), 0.045, 0.05)
        return np.maximum(body, -neck)

    return sdf


def hanger(p: Field) -> Field:
    """Carrier, hook and bar of the hanging system, rail at y = 0.26 above the shoulders."""
    bar = [limb(p, (0, 0.07, 0), (s * 0.2, -0.02, 0), 0.009, 0.012) for s in (-1, 1)]
    stem = limb(p, (0, 0.06, 0), (0, 0.24, 0), 0.006, 0.006)
    carrier = slab(p, (0, 0.235, 0), (0.02, 0.035, 0.03), 0.008)
    number = slab(p, (0, 0.155, 0), (0.022, 0.03, 0.004), 0.003)
    return np.minimum.reduce([*bar, stem, carrier, number])


def cone_of_thread(p: Field) -> Field:
    r = np.sqrt(p[..., 0] ** 2 + p[..., 2] ** 2)
    y = p[..., 1]
    return np.maximum(r - (0.042 - 0.15 * y), np.maximum(y - 0.15, -y)) * 0.9 + 0.0012 * np.sin(400 * y)
