"""The element that shows a document to mask: see `assets/documents-checking.js`."""

from __future__ import annotations

import reflex as rx


class CheckingElement(rx.Component):
    """`<spplus-checking data-moved>`: fetches what the page holds, sends its gestures."""

    tag = "SpplusChecking"
    alias = "spplus-checking"
    # The alias is the element’s name; the tag also names generated code, where « - » cannot stand.
    _is_tag_in_global_scope = True


def checking(moved: rx.Var[int]) -> rx.Component:
    """Show a document to mask; ``moved`` grows when somebody changed it."""
    return CheckingElement.create(custom_attrs={"data-moved": moved.to_string()})
