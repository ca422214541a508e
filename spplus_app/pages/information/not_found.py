"""The page that does not exist."""

from __future__ import annotations

import reflex as rx

from ...components import words
from ..layout import absent, page


def not_found() -> rx.Component:
    """Say that there is nothing here, and lead to the map of the site."""
    return page(absent(*words.NO_PAGE), here="Page introuvable")
