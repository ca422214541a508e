"""A small set of icons drawn for this project, on a grid of 24, in strokes of the text's colour.

An icon never stands alone: it is hidden from assistive tools and always beside its word.
"""

from __future__ import annotations

import reflex as rx

from ._base import css

_FACE_DOTS = ("M9 9.6v.9", "M15 9.6v.9")

PATHS: dict[str, tuple[str, ...]] = {
    "check": ("M5 12.5l4.5 4.5L19 7.5",),
    "cross": ("M6.5 6.5l11 11", "M17.5 6.5l-11 11"),
    "plus": ("M12 5v14", "M5 12h14"),
    "minus": ("M5 12h14",),
    "arrow-right": ("M5 12h14", "M13 6l6 6-6 6"),
    "arrow-left": ("M19 12H5", "M11 6l-6 6 6 6"),
    "chevron-right": ("M9.5 6l6 6-6 6",),
    "chevron-down": ("M6 9.5l6 6 6-6",),
    "menu": ("M4 7h16", "M4 12h16", "M4 17h16"),
    "info": ("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", "M12 11v5.5", "M12 7.6v.3"),
    "success": ("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", "M8 12.4l2.8 2.8L16 9.6"),
    "warning": ("M12 3.6L2.8 20h18.4z", "M12 10v4.5", "M12 17.2v.2"),
    "error": ("M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z", "M12 7.5v5.5", "M12 16.2v.2"),
    "positif": ("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", *_FACE_DOTS, "M8 14c2 2.8 6 2.8 8 0"),
    "neutre": (
        "M6 3.5h12a2.5 2.5 0 0 1 2.5 2.5v12a2.5 2.5 0 0 1-2.5 2.5H6A2.5 2.5 0 0 1 3.5 18V6"
        "A2.5 2.5 0 0 1 6 3.5z",
        *_FACE_DOTS,
        "M8.2 15.2h7.6",
    ),
    "negatif": (
        "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3z",
        *_FACE_DOTS,
        "M8.2 16.4c1.9-2.6 5.7-2.6 7.6 0",
    ),
    "clock": ("M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", "M12 7.5V12l3.2 2"),
    "reply": ("M9.5 6L4 11.5 9.5 17", "M4.5 11.5H14c3.6 0 6 2.2 6 6"),
    "edit": ("M4.5 19.5l.9-4L16 4.9l3.1 3.1L8.5 18.6z", "M13.6 7.3l3.1 3.1"),
    "search": ("M10.5 4a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z", "M15.4 15.4L20.5 20.5"),
    "person": ("M12 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8z", "M4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6"),
    "building": ("M4 20.5h16", "M5.5 20.5V10L12 4l6.5 6.5v10", "M10 20.5v-5h4v5"),
    "exit": ("M14 4h5.5v16H14", "M4 12h11", "M11 8l4 4-4 4"),
    "lock": ("M6 11h12v9.5H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    "link": (
        "M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.4 1.4",
        "M14 10a4 4 0 0 0-6-.4l-3 3a4.2 4.2 0 0 0 6 6l1.4-1.4",
    ),
    "print": ("M7 8.5V3.5h10v5", "M7 17H4V8.5h16V17h-3", "M7 14h10v6.5H7z"),
    "appearance": (
        "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z",
        "M12 3v18",
        "M12 8h5",
        "M12 12h6.5",
        "M12 16h5",
    ),
    "question": (
        "M12 2.8L21.2 12 12 21.2 2.8 12z",
        "M9.7 9.9a2.4 2.4 0 1 1 3.2 2.3c-.6.2-.9.7-.9 1.4",
        "M12 16.2v.2",
    ),
    "laptop": ("M5 5.5h14v10H5z", "M2.5 19h19"),
    "globe": (
        "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z",
        "M3.5 12h17",
        "M12 3c-5 5.5-5 12.5 0 18",
        "M12 3c5 5.5 5 12.5 0 18",
    ),
    "phone": (
        "M5 4h4l1.6 4.5-2.2 1.7a12 12 0 0 0 5.4 5.4l1.7-2.2L20 15v4"
        "a1.5 1.5 0 0 1-1.6 1.5C10.5 20 4 13.5 3.5 5.6A1.5 1.5 0 0 1 5 4z",
    ),
    "mail": ("M3.5 6h17v12.5h-17z", "M4 6.5l8 6.5 8-6.5"),
}
"""Name of each icon → the paths that draw it."""


def icon(name: str, *, size: str = "") -> rx.Component:
    """Draw an icon, hidden from assistive tools.

    Args:
        name: a key of `PATHS`.
        size: "" follows the text, "lg" is 1.5 times it, "xl" twice and a half.

    Raises:
        KeyError: the set has no such icon.
    """
    return rx.el.svg(
        *[rx.el.path(d=path) for path in PATHS[name]],
        view_box="0 0 24 24",
        class_name=css("icon", size and f"icon--{size}"),
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
    )
