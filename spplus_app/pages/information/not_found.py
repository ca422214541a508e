"""The page that does not exist."""

from __future__ import annotations

import reflex as rx

from ..layout import absent, page


def not_found() -> rx.Component:
    """Say that there is nothing here, and lead home."""
    return page(
        absent(
            "Cette page n’existe pas",
            "L’adresse est peut-être incomplète, ou la page a été retirée. Le plan du site montre "
            "toutes les pages.",
            "Voir le plan du site",
            "/plan-du-site",
        ),
        here="Page introuvable",
    )
