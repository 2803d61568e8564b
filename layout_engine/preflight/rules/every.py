"""Every rule there is (规则总表), with its number and the kinds of file for which it holds: the registry."""

from typing import Final

from layout_engine.preflight.rule import ALWAYS, PRESS, X1A, X4, Rule, Sees
from layout_engine.preflight.rules import (
    boxes,
    collisions,
    color,
    font,
    ground,
    hygiene,
    intent,
    lines,
    metadata,
    pictures,
    structure,
    transparency,
    type,
)  # fmt: skip

_PAINTED: Final[tuple[Sees, ...]] = ("text", "path", "image", "shading")
_ALL_PAINTED: Final[tuple[Sees, ...]] = (*_PAINTED, "group")
_COLOURED: Final[tuple[Sees, ...]] = ("text", "path", "image")

RULES: Final[tuple[Rule, ...]] = (
    # The file
    Rule("PR-01", "document", structure.check_header),
    Rule("PR-02", "document", structure.check_cross_references, PRESS),
    Rule("PR-03", "document", structure.check_identifier, PRESS),
    Rule("PR-04", "document", structure.check_encryption),
    Rule("PR-05", "object", structure.check_filters),
    Rule("PR-05", "image", pictures.check_inline, PRESS),
    Rule("PR-06", "object", structure.check_actions),
    Rule("PR-06", "object", structure.check_foreign),
    Rule("PR-06", "object", structure.check_attachments),
    Rule("PR-07", "page", structure.check_annotations, PRESS),
    Rule("PR-08", "document", structure.check_layers, PRESS),
    # Who it is
    Rule("PR-10", "document", metadata.check_version_key, PRESS),
    Rule("PR-11", "document", metadata.check_info, PRESS),
    Rule("PR-11", "document", metadata.check_trapped, PRESS),
    Rule("PR-12", "document", metadata.check_packet, PRESS),
    Rule("PR-13", "document", metadata.check_agreement, PRESS),
    Rule("PR-15", "document", metadata.check_file_name, PRESS),
    # Boxes
    Rule("PR-20", "page", boxes.check_boxes),
    Rule("PR-21", "page", boxes.check_nesting),
    Rule("PR-22", "page", boxes.check_geometry),
    Rule("PR-22", "document", boxes.check_sizes),
    Rule("PR-23", "text", boxes.check_text_inside),
    *(Rule("PR-24", sees, boxes.check_no_bleed) for sees in _PAINTED),
    Rule("PR-24", "painted page", boxes.check_margins, PRESS),
    # For which press
    Rule("PR-30", "document", intent.check_intents, PRESS),
    Rule("PR-31", "document", intent.check_profile, PRESS),
    Rule("PR-32", "document", intent.check_condition, PRESS),
    # Colour
    *(Rule("PR-40", sees, color.check_spaces) for sees in _ALL_PAINTED),
    *(Rule("PR-40", sees, color.check_alternates, X1A) for sees in _PAINTED),
    Rule("PR-40", "object", color.check_spaces_anywhere, X1A),
    Rule("PR-40", "object", color.check_defaults, X1A),
    Rule("PR-40", "object", color.check_profiles),
    *(Rule("PR-41", sees, color.check_rgb) for sees in _ALL_PAINTED),
    Rule("PR-41", "page", color.check_page_group),
    Rule("PR-41", "object", color.check_rgb_anywhere),
    Rule("PR-42", "text", type.check_black),
    Rule("PR-43", "text", type.check_rich_black),
    *(Rule("PR-44", sees, color.check_white) for sees in _COLOURED),
    *(Rule("PR-45", sees, color.check_overprint) for sees in _COLOURED),
    Rule("PR-46", "object", color.check_spots),
    Rule("PR-46", "object", color.check_one_definition),
    *(Rule("PR-47", sees, boxes.check_all_plates) for sees in _PAINTED),
    Rule("PR-48", "path", color.check_ink),
    Rule("PR-49", "path", lines.check_lines),
    Rule("PR-50", "text", type.check_sizes),
    Rule("PR-50", "painted page", ground.check_tints),
    Rule("PR-51", "object", transparency.check_flat, X1A),
    Rule("PR-51", "object", transparency.check_blends, X4),
    Rule("PR-51", "group", transparency.check_group, X4),
    Rule("PR-51", "painted page", transparency.check_page_group, X4),
    Rule("PR-52", "object", transparency.check_device),
    Rule("PR-52", "trouble", transparency.check_intent),
    # Fonts
    Rule("PR-60", "object", font.check_present),
    Rule("PR-60", "font", font.check_embedded),
    Rule("PR-61", "font", font.check_program),
    Rule("PR-62", "font", font.check_widths),
    Rule("PR-63", "font", font.check_glyphs),
    Rule("PR-64", "font", font.check_composite),
    Rule("PR-65", "font", font.check_cid_to_gid),
    Rule("PR-66", "font", font.check_cid_set, PRESS),
    Rule("PR-67", "font", font.check_to_unicode),
    Rule("PR-69", "font", font.check_names),
    Rule("PR-70", "font", font.check_licence),
    Rule("PR-71", "text", type.check_hidden),
    Rule("PR-71", "painted page", ground.check_covered),
    Rule("PR-71", "painted page", ground.check_white_on_paper),
    Rule("PR-72", "text", type.check_styles),
    Rule("PR-77", "painted page", collisions.check_collisions),
    Rule("PR-78", "text", type.check_characters),
    # Pictures
    Rule("PR-80", "image", pictures.check_resolution, ALWAYS),
    Rule("PR-81", "image", pictures.check_line_art),
    Rule("PR-82", "object", pictures.check_data),
    Rule("PR-83", "document", pictures.check_economy),
    # Hygiene
    Rule("PR-85", "trouble", hygiene.check_trouble),
    Rule("PR-86", "content", hygiene.check_limits),
    Rule("PR-86", "object", hygiene.check_arrays, X1A),
)
