"""The place of what a page reads on arrival, before its rows have come.

The built page is the same for everyone: the first-paint layer (`api/first_paint`) fills this place
in the answer, React keeps what it finds there, and the page's own content replaces it.
"""

from __future__ import annotations

import reflex as rx
from markupsafe import escape
from reflex_components_core.el.elements.base import BaseHTML

BEGIN, END = "<!--first-paint-->", "<!--/first-paint-->"
"""Between these, in a built page, stands what the layer replaces."""


class SlotElement(BaseHTML):
    """A `div` whose content is HTML of ours that React leaves as it is."""

    tag = "div"

    dangerouslySetInnerHTML: rx.Var[dict[str, str]]  # noqa: N815 - React's own name
    suppress_hydration_warning: rx.Var[bool]


def slot(
    waiting: str = "", *, title: str = "", class_name: str = "slot stack", again: bool = False
) -> rx.Component:
    """Make the place; without a first paint it says that the content is on its way.

    Args:
        waiting: the sentence that says so; nothing when empty.
        title: title of the page, where the whole content comes.
        class_name: that of the content that takes the place, so that nothing moves.
        again: only an answer of the server fills it: who goes back to the page asks for it again.
    """
    heading = f'<h1 tabindex="-1">{escape(title)}</h1>' if title else ""
    said = (
        '<p role="status" class="progress"><span class="spinner" aria-hidden="true"></span>'
        f"<span>{escape(waiting)}</span></p>"
        if waiting
        else ""
    )
    asked = "<spplus-again></spplus-again>" if again else ""
    return SlotElement.create(
        dangerouslySetInnerHTML={"__html": f"{BEGIN}{heading}{said}{asked}{END}"},
        suppress_hydration_warning=True,
        class_name=class_name,
        custom_attrs={"data-first-paint": ""},
    )
