"""Whom to call now, as HTML: for what a script does not fill, and for first paints.

`assets/forms.js` shows the same in `<spplus-help>`, once a gesture says that it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import htpy as h

from . import words

Numbers = Sequence[dict[str, Any]]
"""Whom to call, each a `services.views.HelpView`."""


def helped(numbers: Numbers, said: Mapping[str, str] = words.HELP) -> h.Element | None:
    """Whom an author may call now, with what is said around; nothing when nothing was seen."""
    if not numbers:
        return None
    return h.section(class_="panel stack help", aria_labelledby="aide")[
        h.h2(id="aide")[said["title"]],
        h.p[said["opening"]],
        h.ul(class_="plain-list stack")[(_helper(one, said) for one in numbers)],
        h.p[said["closing"]],
    ]


def _helper(one: dict[str, Any], said: Mapping[str, str]) -> h.Element:
    calls = [
        [
            f" {said['or']} " if place else f"{said['call']} ",
            h.a(class_="help__number", href=f"tel:{number}")[number],
        ]
        for place, number in enumerate(one["numbers"])
    ]
    return h.li(class_="stack--tight")[
        h.p[h.strong[one["name"]]], h.p[calls], h.p(class_="soft")[one["sentence"]]
    ]
