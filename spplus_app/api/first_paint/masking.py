"""What an author is shown of what was seen in their text.

See `<spplus-preview>` and `<spplus-help>` in `assets/forms.js`.
"""

from __future__ import annotations

import re
from typing import Any

import htpy as h

from ...components import words
from .fields import Form, gesture

ACTION = "/api/brouillon/masques"


def text(value: str, masks: list[str]) -> list[h.Node]:
    """A text whose masks stand out."""
    if not masks:
        return [value]
    parts = re.split(f"({'|'.join(map(re.escape, masks))})", value)
    return [h.mark(class_="mask")[part] if part in masks else part for part in parts]


def section(seen: dict[str, Any]) -> h.Element:
    """What was found in the draft (`services.visitor_copy.preview`), and what to say of it."""
    said, found = words.MASKING, seen["found"]
    more = Form({}).line(
        "mot", said["more"], said["more_hint"], optional=False, type="text", autocomplete="off"
    )
    return h.section(id="masques", class_="masking stack")[
        h.h3[said["title"] if found else said["nothing"]],
        h.p[said["about"] if found else said["nothing_about"]],
        h.ul(class_="plain-list stack")[(_piece(one, seen["uuid"]) for one in found)]
        if found
        else None,
        _form(seen["uuid"], more, gesture(said["add"], "ajouter", "secondary", small=True)),
    ]


def _piece(one: dict[str, Any], uuid: str) -> h.Element:
    said = words.MASKING
    label, value = said["keep"], "garder"
    if one["chosen"]:
        label, value = said["drop"], "enlever"
    elif one["kept"]:
        label, value = said["mask"], "masquer"
    becomes = [f" {said['becomes']} ", h.mark(class_="mask")[one["word"]]]
    return h.li(class_="panel stack--tight")[
        h.p[h.strong[one["text"]], None if one["kept"] else becomes],
        h.p(class_="fr-hint-text")[said["kept"] if one["kept"] else one["reason"]],
        _form(
            uuid,
            h.input(type="hidden", name="mot", value=one["text"]),
            gesture(label, value, "secondary", small=True),
        ),
    ]


def _form(uuid: str, *children: h.Node) -> h.Element:
    return h.form(action=ACTION, method="post", class_="stack--tight")[
        h.input(type="hidden", name="uuid", value=uuid), children
    ]
