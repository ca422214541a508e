"""Examples: search, filters, found words, pages of a list."""

from __future__ import annotations

import reflex as rx

from ..buttons import button, get_form
from ..navigation import pagination
from ..search import active_filters, facet, marked, marked_text, search_bar
from .example import Example

_RESSENTIS = (("Positif", "Positif", 8214), ("Neutre", "Neutre", 931), ("Négatif", "Négatif", 3335))
_CHANNELS = (
    ("accueil", "Accueil", 1204),
    ("telephone", "Téléphone", 987),
    ("courrier", "Courrier", 0),
)
_DEPARTMENTS = [["30", "30 – Gard", "1\u00a0234"], ["34", "34 – Hérault", ""]]
_FOUND = (
    ("J’ai demandé un ", False),
    ("rendez-vous", True),
    (" pour ma ", False),
    ("carte d’identité", True),
    (". On m’a proposé un créneau dans trois mois.", False),
)


def _filters() -> rx.Component:
    return get_form(
        "/experiences",
        search_bar("", bare=True, field_id="recherche-filtres", value="carte d’identité"),
        facet("Ressenti", "ressenti", _RESSENTIS, chosen="Négatif"),
        facet("Moyen de contact", "canal", _CHANNELS, kind="boxes", chosen=("accueil",)),
        button("Afficher les résultats", type="submit"),
        role="search",
        aria_label="Filtrer les expériences",
    )


EXAMPLES: tuple[Example, ...] = (
    Example("search_bar", "vide", lambda: search_bar("/experiences")),
    Example(
        "search_bar",
        "grande, avec des mots",
        lambda: search_bar(
            "/experiences", value="carte d’identité", large=True, field_id="recherche-grande"
        ),
    ),
    Example("get_form", "les filtres d’une liste", _filters),
    Example(
        "facet",
        "choix avec leurs nombres",
        lambda: facet("Réponse", "reponse", (("oui", "Avec réponse", 9120), ("non", "Sans", 3360))),
    ),
    Example(
        "facet",
        "liste apportée par l’état",
        lambda: facet(
            "Département",
            "dep",
            rx.Var.create(_DEPARTMENTS),
            kind="list",
            chosen=rx.Var.create("30"),
        ),
    ),
    Example(
        "facet",
        "cases apportées par l’état",
        lambda: facet(
            "Département", "deps", rx.Var.create(_DEPARTMENTS), kind="boxes", chosen=["34"]
        ),
    ),
    Example(
        "active_filters",
        "trois filtres",
        lambda: active_filters(
            (
                ("«\u00a0carte d’identité\u00a0»", "#"),
                ("Ressenti\u00a0: Négatif", "#"),
                ("Département\u00a0: 30 – Gard", "#"),
            ),
            clear="#",
        ),
    ),
    Example(
        "active_filters",
        "un filtre, apporté par l’état",
        lambda: active_filters(rx.Var.create([["Avec réponse", "#"]]), label="Un filtre choisi"),
    ),
    Example(
        "marked_text", "mots trouvés", lambda: rx.el.p(marked_text(_FOUND), class_name="prose")
    ),
    Example(
        "marked",
        "trait de surligneur",
        lambda: rx.el.p(
            rx.el.strong("L’administration ", marked("vous répond"), "."),
            class_name="preview__title",
        ),
    ),
    Example(
        "pagination", "première page", lambda: pagination(following="#", label="Première page")
    ),
    Example(
        "pagination",
        "au milieu",
        lambda: pagination(
            first="#", previous="#", following=rx.Var.create("#"), label="Pages du milieu"
        ),
    ),
    Example(
        "pagination",
        "numérotée",
        lambda: pagination(
            previous="#",
            following="#",
            numbers=(("1", "#"), ("2", "#"), ("3", "#")),
            current="2",
            label="Pages numérotées",
        ),
    ),
)
