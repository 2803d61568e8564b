"""Who signs a page before it goes to press (三审三校): the house's roles in their order, its people and their keys."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from layout_engine.base.units import END
from layout_engine.spec.model_values import Written, described

PublicKey = Annotated[
    str,
    described(
        "公钥，由 layout-engine key 给出 · a public key as layout-engine key prints it",
        expects=("公钥，如 ed25519:…", "a public key such as ed25519:…"),
        pattern=r"^ed25519:[A-Za-z0-9+/]{43}=" + END,
    ),
]


class SignoffSpec(Written, frozen=True, kw_only=True):
    """签样: the roles that sign each page, in the order in which they do."""

    roles: Annotated[
        dict[str, tuple[str, ...]],
        Meta(
            min_length=1,
            max_length=20,
            description="角色: [谁可以签]，按次序；空表为谁都可以 · role: [who may sign], in order; [] for anybody",
        ),
    ]
    keys: Annotated[
        dict[str, PublicKey], Meta(description="人名: 公钥；有公钥的人必须用私钥签 · who has a key signs with it")
    ] = {}  # noqa: RUF012  # msgspec gives each its own
    in_order: Annotated[bool, Meta(description="前一道没签，后一道不能签 · nobody signs before those above")] = True
    unsigned: (
        Annotated[
            bool,
            Meta(description="没有公钥的人也可以只留名（默认：一把公钥都没登记时可以） · names alone are enough"),
        ]
        | UnsetType
    ) = UNSET
