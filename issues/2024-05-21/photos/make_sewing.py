"""Draws the lead picture of the issue: seamstresses in a workshop under an overhead hanging system (智能吊挂系统).

The paper's own photograph is not at hand, so a picture of the same scene stands in for it. It is computed, not
copied: bodies from `sewing_models.py`, daylight from the windows and lamps by the path tracer Mitsuba 3, then developed
like a press photograph (tone curve, vignette, grain). The engine reads only `sewing.jpg`. To draw it again, in some
ten minutes of two idle cores (a small one first: `640 8`):

    pip install mitsuba==3.9.1 pyoidn==2.5.1.0 scikit-image==0.26.0 "numpy>=2" pillow
    python make_sewing.py sewing.jpg [width] [samples]
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

import mitsuba as mi
import numpy as np
import sewing_models as models
from numpy.typing import NDArray
from PIL import Image, ImageCms
from pyoidn.denoise import denoise

mi.set_variant("scalar_rgb")
mi.set_log_level(mi.LogLevel.Error)
T = mi.ScalarTransform4f

WIDTH, SAMPLES = 1704, 14  # the denoiser needs no more
ASPECT = 2 / 3  # the region on the page is three columns by some thirty rows: about 3 : 2

Rgb = tuple[float, float, float]
SKINS: tuple[Rgb, ...] = ((0.76, 0.51, 0.39), (0.80, 0.56, 0.44), (0.71, 0.46, 0.34))
HAIR: Rgb = (0.018, 0.014, 0.012)
UNIFORMS: tuple[Rgb, ...] = ((0.20, 0.40, 0.66), (0.20, 0.40, 0.66), (0.72, 0.34, 0.40))  # jackets with caps to match
CLOTHS: tuple[Rgb, ...] = (
    (0.62, 0.05, 0.06), (0.05, 0.10, 0.30), (0.86, 0.83, 0.76), (0.72, 0.34, 0.05), (0.06, 0.24, 0.20),
    (0.66, 0.28, 0.33), (0.16, 0.16, 0.18), (0.30, 0.48, 0.62), (0.70, 0.56, 0.20), (0.30, 0.13, 0.25),
)
POSES = (
    models.Pose(nod=0.34, turn=0.10, lean=0.10, reach=0.03),
    models.Pose(nod=0.26, turn=-0.12, lean=0.07, reach=0.06),
    models.Pose(nod=0.42, turn=0.22, lean=0.12, reach=0.0),
)


class Station(NamedTuple):
    x: float
    z: float
    turn: float  # degrees about the upright, 0 looks away from the camera


class Hall:
    """Collects the shapes of the scene; meshes are made once and instanced."""

    def __init__(self) -> None:
        self.scene: dict[str, Any] = {"type": "scene"}
        self.groups: dict[str, dict[str, Any]] = {}
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"shape{self.count:05d}"

    def add(self, shape: dict[str, Any]) -> None:
        self.scene[self.name()] = shape

    def group(self, key: str, meshes: "list[tuple[models.Mesh, dict[str, Any]]]") -> None:
        if key in self.groups:
            return
        group: dict[str, Any] = {"type": "shapegroup"}
        for i, (mesh, surface) in enumerate(meshes):
            group[f"part{i}"] = as_shape(mesh, surface)
        self.groups[key] = group
        self.scene[key] = group

    def place(self, key: str, to_world: Any) -> None:
        self.add({"type": "instance", "to_world": to_world, "group": {"type": "ref", "id": key}})

    def box(self, centre: models.Vec, half: models.Vec, surface: dict[str, Any]) -> None:
        self.add({"type": "cube", "to_world": T().translate(centre).scale(half), "bsdf": surface})

    def tube(self, a: models.Vec, b: models.Vec, radius: float, surface: dict[str, Any]) -> None:
        self.add({"type": "cylinder", "p0": a, "p1": b, "radius": radius, "bsdf": surface})


def as_shape(mesh: models.Mesh, surface: dict[str, Any]) -> Any:
    shape = mi.Mesh("mesh", len(mesh.vertices), len(mesh.faces), has_vertex_normals=True,
                    props=surface_props(surface))
    parameters = mi.traverse(shape)
    parameters["vertex_positions"] = np.ravel(mesh.vertices).astype(np.float32)
    parameters["faces"] = np.ravel(mesh.faces).astype(np.uint32)
    parameters.update()
    shape.recompute_vertex_normals()
    return shape


def surface_props(surface: dict[str, Any]) -> Any:
    props = mi.Properties()
    props["bsdf"] = mi.load_dict(surface)
    return props


def matte(colour: Rgb) -> dict[str, Any]:
    return {"type": "twosided", "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": list(colour)}}}


def glossy(colour: Rgb, roughness: float = 0.25) -> dict[str, Any]:
    return {"type": "twosided", "bsdf": {"type": "roughplastic", "alpha": roughness, "distribution": "ggx",
            "diffuse_reflectance": {"type": "rgb", "value": list(colour)}}}


def metal(colour: Rgb = (0.62, 0.64, 0.66), roughness: float = 0.3) -> dict[str, Any]:
    return {"type": "twosided", "bsdf": {"type": "roughconductor", "alpha": roughness,
            "specular_reflectance": {"type": "rgb", "value": list(colour)}}}


def light(colour: Rgb) -> dict[str, Any]:
    return {"type": "area", "radiance": {"type": "rgb", "value": list(colour)}}


LENGTH, LEFT, RIGHT, CEILING = 34.0, -5.6, 6.4, 4.3


def build_shell(hall: Hall) -> None:
    """Floor, walls, windows on the left, lamps and beams."""
    wall, ceiling = matte((0.74, 0.75, 0.72)), matte((0.72, 0.73, 0.74))
    hall.box((0.4, -0.05, LENGTH / 2 - 2), (8, 0.05, LENGTH / 2 + 2), glossy((0.25, 0.36, 0.31), 0.16))
    hall.box((0.4, CEILING + 0.05, LENGTH / 2 - 2), (8, 0.05, LENGTH / 2 + 2), ceiling)
    hall.box((RIGHT + 0.1, 2, LENGTH / 2), (0.1, 2.4, LENGTH / 2 + 2), wall)
    hall.box((0.4, 2, LENGTH + 0.1), (7, 2.4, 0.1), wall)
    hall.box((0.4, 2, -4), (8, 2.4, 0.1), wall)
    for x in (-0.85, 0.85):  # the aisle is marked on the floor
        hall.box((x, 0.001, LENGTH / 2), (0.045, 0.002, LENGTH / 2), matte((0.80, 0.62, 0.08)))

    bay, sill, lintel = 3.0, 1.05, 3.5
    hall.box((LEFT - 0.1, sill / 2, LENGTH / 2), (0.1, sill / 2, LENGTH / 2 + 2), matte((0.42, 0.55, 0.50)))
    hall.box((LEFT - 0.1, (lintel + CEILING) / 2, LENGTH / 2), (0.1, (CEILING - lintel) / 2, LENGTH / 2 + 2), wall)
    for i in range(int(LENGTH / bay) + 2):
        z = -2.2 + i * bay
        hall.box((LEFT - 0.1, 2.2, z), (0.14, 1.3, 0.28), wall)
        for dz in (0.85, 1.5, 2.15):
            hall.box((LEFT - 0.08, 2.2, z + dz), (0.03, 1.3, 0.025), matte((0.7, 0.72, 0.72)))
        hall.box((LEFT - 0.08, 2.75, z + 1.5), (0.03, 0.025, 1.5), matte((0.7, 0.72, 0.72)))
        hall.add({"type": "rectangle", "emitter": light((7.6, 8.6, 9.6)),
                  "to_world": T().translate((LEFT - 0.35, 2.3, z + 1.5)).rotate((0, 1, 0), 90).scale((1.5, 1.3, 1))})
    for z in np.arange(1.5, LENGTH, 3.0):  # beams
        hall.box((0.4, CEILING - 0.14, float(z)), (6, 0.12, 0.09), matte((0.66, 0.68, 0.70)))
    for x in (-3.9, -0.9, 0.9, 3.9):  # rows of lamps over the lines
        for z in np.arange(1.2, LENGTH, 1.9):
            hall.box((x, 3.42, float(z)), (0.07, 0.03, 0.66), matte((0.8, 0.8, 0.8)))
            hall.add({"type": "rectangle", "emitter": light((15.5, 14.6, 12.8)),
                      "to_world": T().translate((x, 3.385, float(z))).rotate((1, 0, 0), 90).scale((0.05, 0.62, 1))})
            for end in (-0.5, 0.5):
                hall.tube((x, 3.44, float(z) + end), (x, CEILING, float(z) + end), 0.006, metal())
    door = matte((0.30, 0.40, 0.46))
    hall.box((0.4, 1.1, LENGTH - 0.05), (1.1, 1.1, 0.05), door)
    hall.box((0.4, 3.0, LENGTH - 0.08), (3.6, 0.34, 0.03), matte((0.60, 0.03, 0.03)))  # the banner, unlettered


def build_stores(hall: Hall, rng: "Sequence") -> None:
    """Bales of cloth along the left wall, crates of cut pieces beside the tables."""
    for z in np.arange(5.0, LENGTH - 4, 0.36):
        for layer in range(3 + rng.below(3)):
            y, reach = 0.2 + 0.3 * layer, rng.between(0.0, 0.25)
            ends = ((RIGHT - 1.7 + reach, y, float(z)), (RIGHT - 0.1, y, float(z)))
            hall.tube(*ends, 0.15, matte(CLOTHS[rng.below(len(CLOTHS))]))
            hall.add({"type": "disk", "to_world": T().translate(ends[0]).rotate((0, 1, 0), -90).scale(0.15),
                      "bsdf": matte((0.70, 0.66, 0.58))})
    for x in (-1.12, 1.12):
        for z in np.arange(4.6, LENGTH - 6, 1.62):
            crate = glossy((0.06, 0.22, 0.48) if rng.below(2) else (0.62, 0.22, 0.04))
            at = (x + rng.between(-0.05, 0.05), 0.0, float(z) + rng.between(0.5, 0.7))
            for dx, dz, hx, hz in ((-0.2, 0, 0.01, 0.28), (0.2, 0, 0.01, 0.28), (0, -0.27, 0.2, 0.01), (0, 0.27, 0.2, 0.01)):
                hall.box((at[0] + dx, 0.17, at[2] + dz), (hx, 0.16, hz), crate)
            for i in range(3):
                fill = matte(CLOTHS[rng.below(len(CLOTHS))])
                hall.add({"type": "sphere", "bsdf": fill, "to_world": T().translate(
                    (at[0] + rng.between(-0.02, 0.02), 0.27, at[2] - 0.15 + 0.15 * i)).scale((0.19, 0.09, 0.15))})


def build_rail(hall: Hall, x: float, rng: "Sequence") -> None:
    """Two running rails over a line of stations, full of clothes in work."""
    alloy, height = metal((0.70, 0.72, 0.75), 0.28), 2.86
    for dx in (-0.34, 0.34):
        hall.box((x + dx, height, LENGTH / 2 - 1), (0.028, 0.045, LENGTH / 2 - 1), alloy)
        hall.box((x + dx, height + 0.05, LENGTH / 2 - 1), (0.05, 0.006, LENGTH / 2 - 1), matte((0.10, 0.28, 0.50)))
    for z in np.arange(0.6, LENGTH - 2, 1.5):
        hall.box((x, height + 0.09, float(z)), (0.45, 0.025, 0.025), alloy)
        for dx in (-0.42, 0.42):
            hall.tube((x + dx, height + 0.1, float(z)), (x + dx, CEILING, float(z)), 0.011, alloy)
    for dx in (-0.34, 0.34):
        z = 1.5
        while z < LENGTH - 5:
            for _ in range(3 + rng.below(6)):
                hang(hall, (x + dx, height - 0.26, z), rng.between(-16, 16), rng)
                z += rng.between(0.13, 0.24)
            z += rng.between(0.25, 0.9)


def hang(hall: Hall, at: models.Vec, angle: float, rng: "Sequence") -> None:
    kind = ("shirt", "coat", "shirt", "dress")[rng.below(4)]
    colour, variant = rng.below(len(CLOTHS)), rng.below(2)
    key = f"garment-{kind}-{variant}-{colour}"
    if key not in hall.groups:
        mesh = cached(f"{kind}{variant}", models.garment(kind, variant), (-0.45, -1.2, -0.15), (0.45, 0.12, 0.15), 0.009)
        bar = cached("hanger", models.hanger, (-0.25, -0.06, -0.06), (0.25, 0.29, 0.06), 0.006)
        hall.group(key, [(mesh, matte(CLOTHS[colour])), (bar, glossy((0.75, 0.76, 0.78)))])
    hall.place(key, T().translate(at).rotate((0, 1, 0), angle))


def build_station(hall: Hall, station: Station, rng: "Sequence") -> None:
    pose = rng.below(len(POSES))
    tone, cloth, variant = rng.below(len(SKINS)), rng.below(len(CLOTHS)), rng.below(2)
    masked = rng.below(3) > 0
    key = f"worker-{pose}-{tone}-{masked}"
    if key not in hall.groups:
        hall.group(key, worker_parts(pose, SKINS[tone], masked))
    if "station" not in hall.groups:
        hall.group("station", station_parts())
    work = f"work-{variant}-{cloth}"
    if work not in hall.groups:
        mesh = cached(f"work{variant}", models.cloth_in_work(variant), (-0.2, 0.4, 0.2), (0.5, 0.95, 0.9), 0.007)
        hall.group(work, [(mesh, matte(CLOTHS[cloth]))])
    frame = T().translate((station.x, 0, station.z)).rotate((0, 1, 0), station.turn)
    for part in (key, "station", work):
        hall.place(part, frame)
    side = 1.0 if station.x > 0 else -1.0
    at = (station.x + side * 0.15, 1.72, station.z + 0.45)
    hall.tube((at[0], at[1], at[2] + 0.02), (at[0], 2.95, at[2] + 0.02), 0.012, metal())
    hall.add({"type": "cube", "bsdf": matte((0.05, 0.06, 0.07)),
              "to_world": T().translate(at).rotate((0, 1, 0), side * 14).scale((0.14, 0.095, 0.012))})
    hall.add({"type": "rectangle", "bsdf": matte((0.20, 0.62, 0.80)),
              "to_world": T().translate(at).rotate((0, 1, 0), 180 + side * 14).translate((0, 0, 0.014)).scale((0.125, 0.08, 1))})
    for i, x in enumerate((-0.7, -0.59, -0.48)):
        colour = CLOTHS[(cloth + 3 * i) % len(CLOTHS)]
        spool = f"spool-{CLOTHS.index(colour)}"
        mesh = cached("cone", models.cone_of_thread, (-0.06, -0.02, -0.06), (0.06, 0.17, 0.06), 0.004)
        hall.group(spool, [(mesh, matte(colour))])
        hall.place(spool, frame @ T().translate((x, 0.806, 0.82)))


def worker_parts(number: int, tone: Rgb, masked: bool) -> "list[tuple[models.Mesh, dict[str, Any]]]":
    pose = POSES[number]
    body, head = ((-0.42, -0.02, -0.4), (0.42, 1.16, 0.75)), ((-0.16, 0.95, -0.02), (0.16, 1.42, 0.5))
    parts = [
        (cached(f"jacket{number}", models.jacket(pose), *body, 0.008), matte(UNIFORMS[number])),
        (cached(f"skin{number}", models.skin(pose), (-0.2, 0.74, 0.0), (0.2, 1.4, 0.75), 0.0045), glossy(tone, 0.45)),
        (cached(f"hair{number}", models.hair(pose), *head, 0.004), glossy(HAIR, 0.35)),
        (cached(f"cap{number}", models.kerchief(pose), *head, 0.005), matte(UNIFORMS[number])),
        (cached(f"trousers{number}", models.trousers(pose), *body, 0.009), matte((0.035, 0.04, 0.06))),
        (cached(f"shoes{number}", models.shoes(pose), *body, 0.009), matte((0.6, 0.6, 0.58))),
    ]
    if masked:
        parts.append((cached(f"mask{number}", models.mask(pose), *head, 0.004), matte((0.62, 0.76, 0.84))))
    return parts


def station_parts() -> "list[tuple[models.Mesh, dict[str, Any]]]":
    low, high = (-0.8, -0.02, 0.2), (0.6, 1.46, 1.0)
    return [
        (cached("machine", models.machine_body, (-0.5, 0.7, 0.42), (0.2, 1.16, 0.7), 0.006), glossy((0.83, 0.84, 0.84), 0.18)),
        (cached("dark", models.machine_dark, (-0.55, 0.05, 0.36), (0.22, 1.2, 0.72), 0.006), glossy((0.06, 0.10, 0.16), 0.2)),
        (cached("top", models.table_top, (-0.8, 0.7, 0.2), (0.6, 0.8, 1.0), 0.008), glossy((0.70, 0.67, 0.60), 0.22)),
        (cached("frame", models.table_frame, low, high, 0.008), glossy((0.33, 0.36, 0.38), 0.3)),
        (cached("stool", models.stool, (-0.3, -0.02, -0.35), (0.3, 0.95, 0.25), 0.008), glossy((0.40, 0.23, 0.11), 0.3)),
    ]


def cached(name: str, sdf: models.Sdf, low: models.Vec, high: models.Vec, step: float) -> models.Mesh:
    if name not in MESHES:
        MESHES[name] = models.mesh_of(sdf, low, high, step)
    return MESHES[name]


MESHES: dict[str, models.Mesh] = {}


class Sequence:
    """Numbers that look irregular and are the same each time (a linear congruential generator)."""

    def __init__(self, start: int) -> None:
        self.state = start

    def unit(self) -> float:
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 8) / float(2**23)

    def below(self, n: int) -> int:
        return int(self.unit() * n) % n

    def between(self, a: float, b: float) -> float:
        return a + (b - a) * self.unit()


def build_hall() -> Hall:
    hall, rng = Hall(), Sequence(20240521)
    build_shell(hall)
    build_stores(hall, rng)
    for x, turn in ((-1.95, 148.0), (1.95, 212.0)):
        z = 4.3 if x < 0 else 3.75
        while z < LENGTH - 6:
            build_station(hall, Station(x + rng.between(-0.05, 0.05), z, turn + rng.between(-4, 4)), rng)
            z += 1.62
        build_rail(hall, x + (-0.45 if x < 0 else 0.45), rng)
    return hall


def render(width: int, samples: int) -> NDArray[np.float32]:
    hall = build_hall()
    height = round(width * ASPECT)
    hall.scene["integrator"] = {"type": "aov", "aovs": "albedo:albedo,nn:sh_normal",
                                "image": {"type": "path", "max_depth": 5, "rr_depth": 3}}
    hall.scene["sensor"] = {
        "type": "thinlens", "fov": 62, "fov_axis": "x", "aperture_radius": 0.008, "focus_distance": 3.9,
        "to_world": T().look_at(origin=(-0.45, 1.72, 0.0), target=(0.25, 1.55, 6.0), up=(0, 1, 0)),
        "film": {"type": "hdrfilm", "width": width, "height": height, "pixel_format": "rgb",
                 "rfilter": {"type": "box"}},
        "sampler": {"type": "independent", "sample_count": samples, "seed": 521},
    }
    return np.array(mi.render(mi.load_dict(hall.scene)), dtype=np.float32)


def denoised(channels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Path tracing leaves coarse noise; the denoiser sees albedo and normals, so that edges stay sharp."""
    colour, albedo, normal = (np.ascontiguousarray(np.nan_to_num(channels[..., i : i + 3])) for i in (0, 3, 6))
    return denoise(colour, albedo=np.clip(albedo, 0, 1), normal=normal, hdr=True)


def develop(linear: NDArray[np.float32], width: int) -> Image.Image:
    """Exposure, filmic shoulder, slight warmth, vignette and grain: the look of a press photograph."""
    exposed = linear * EXPOSURE
    toned = (exposed * (2.51 * exposed + 0.03)) / (exposed * (2.43 * exposed + 0.59) + 0.14)
    toned = np.clip(toned, 0, 1) ** (1 / 2.2)
    height = toned.shape[0]
    y, x = np.mgrid[0:height, 0:width]
    radius = ((x / width - 0.5) ** 2 + ((y / height - 0.5) * ASPECT) ** 2) / 0.36
    toned *= (1 - 0.16 * radius)[..., None]
    grain = np.random.Generator(np.random.PCG64(521)).normal(0, 1, (height, width))
    grain = (grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) / 3**0.5
    toned += (0.011 * grain * (1.1 - toned.mean(-1)))[..., None]
    return Image.fromarray((np.clip(toned, 0, 1) * 255 + 0.5).astype(np.uint8))


EXPOSURE = 1.15


def main() -> None:
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "sewing.jpg")
    width = int(sys.argv[2]) if len(sys.argv) > 2 else WIDTH
    samples = int(sys.argv[3]) if len(sys.argv) > 3 else SAMPLES
    picture = develop(denoised(render(width, samples)), width)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture.save(target, quality=88, subsampling=0, optimize=True, icc_profile=profile, dpi=(225, 225))


if __name__ == "__main__":
    main()
