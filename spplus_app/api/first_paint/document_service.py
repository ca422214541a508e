"""The administration that a hard document comes from, chosen with a script or without."""

from __future__ import annotations

import htpy as h
from sqlalchemy.orm import Session

from ...components import document_words as words
from ...components import ui
from ...components.html import icon
from ...services import structures
from ...services.documents import sending
from ...services.drafts import Chosen
from . import pieces
from .fields import Form, gesture

_SEARCH_MAX = 100


def section(session: Session, made: Form) -> h.Element:
    """The one that was chosen, or what finds it."""
    code = made.value("structure")
    known = sending.chosen(session, code) if code else None
    label, hint = words.WHERE
    return h.section(id="administration", class_="stack--tight", data_fresh=True)[
        h.input(type="hidden", name="structure", value=known.code if known else ""),
        _known(known)
        if known
        else [_search(made, label, hint), _plain(session, made, label, hint)],
        made.message("structure", "structure-messages"),
    ]


def _known(one: Chosen) -> h.Element:
    detail = f" – {one.detail}" if one.detail else ""
    return h.div(class_="panel stack--tight", id="structure", tabindex="-1")[
        h.p[words.WHERE[0]],
        h.p[h.strong[one.label], detail],
        h.p[
            h.button(
                type="submit",
                name="geste",
                value="retirer-service",
                class_="fr-btn fr-btn--tertiary fr-btn--sm",
            )[h.span["Changer d’administration"]]
        ],
    ]


def _search(made: Form, label: str, hint: str) -> h.Element:
    """The field that searches as one types; see `ui.combobox`."""
    return h.div(class_="fr-input-group fr-combobox-group needs-script")[
        h.label(for_="structure", class_="fr-label", id="structure-label")[label, _optional()],
        h.span(class_="fr-hint-text", id="structure-hint")[hint],
        h.spplus_combobox(
            data_src="/api/structures",
            data_empty="Aucun résultat. Essayez un autre mot, une ville ou un code postal.",
        )[
            h.div(class_="fr-combobox")[
                h.input(
                    type="text",
                    class_="fr-input",
                    id="structure",
                    role="combobox",
                    autocomplete="off",
                    spellcheck="false",
                    aria_autocomplete="list",
                    aria_controls="structure-list",
                    aria_describedby="structure-hint structure-messages",
                    aria_expanded="false",
                    aria_invalid="true" if made.error("structure") else "false",
                ),
                icon("search"),
                h.input(type="hidden", name="liste"),
                h.ul(
                    role="listbox",
                    class_="fr-combobox__list",
                    id="structure-list",
                    aria_labelledby="structure-label",
                    hidden=True,
                ),
            ],
            h.p(role="status", class_="fr-combobox__status"),
        ],
    ]


def _plain(session: Session, made: Form, label: str, hint: str) -> h.Element:
    """The same without a script: a search, its results on the page that follows."""
    query = made.value("q")[:_SEARCH_MAX]
    found = structures.suggest(session, query) if query.strip() else []
    options = [
        ui.Option(one.code, f"{one.label} – {one.detail}" if one.detail else one.label)
        for one in found
    ]
    nothing = "Aucune administration ne correspond. Essayez avec la ville, ou moins de mots."
    return h.noscript[
        Form({"q": query}).line("q", label, hint, type="search", autocomplete="off"),
        gesture("Chercher cette administration", "chercher", "secondary"),
        h.p(role="status")[nothing] if query.strip() and not found else None,
        [
            Form({}).radios("choix", "Administrations trouvées", options),
            gesture("Choisir cette administration", "choisir", "secondary"),
        ]
        if found
        else None,
    ]


def _optional() -> list[h.Node]:
    return [pieces.NBSP, h.span(class_="fr-label__optional")["(optionnel)"]]
