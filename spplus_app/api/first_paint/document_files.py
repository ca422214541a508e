"""The files that have come for a hard document: no names, their order, how to change it."""

from __future__ import annotations

import htpy as h

from ...components import document_words as words
from ...services.documents.uploads import UploadView
from . import pieces

_PHOTOS = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif"})


def received(files: list[UploadView]) -> h.Element:
    """What has come, each with its gestures; nothing where nothing has."""
    several = len(files) > 1 and all(one.suffix in _PHOTOS for one in files)
    return h.div(id="fichiers", class_="stack--tight", data_fresh=True)[
        [
            h.h3(tabindex="-1")[words.SENT_FILES],
            h.p(class_="fr-hint-text")[words.ORDER] if several else None,
            h.ol(class_="plain-list stack--tight")[
                (_file(place, one, len(files), several) for place, one in enumerate(files))
            ],
        ]
        if files
        else None
    ]


def told(one: UploadView) -> str:
    """What is known of a file: its kind and its size, never its name."""
    return f"{one.suffix.removeprefix('.').upper()}, {weight(one.size)}"


def weight(size: int) -> str:
    """A size in bytes as people read it (« 2,1 Mo »)."""
    if size < 100_000:
        return f"{-(-size // 1000)}{pieces.NBSP}ko"
    return f"{size / 1e6:.1f}".replace(".", ",").removesuffix(",0") + f"{pieces.NBSP}Mo"


def _file(place: int, one: UploadView, many: int, several: bool) -> h.Element:
    name = f"{'Photo' if one.suffix in _PHOTOS else 'Fichier'} {place + 1}"

    def act(label: str, what: str) -> h.Element:
        return h.button(
            type="submit",
            name="geste",
            value=f"{what}-{one.uuid}",
            class_="fr-btn fr-btn--tertiary fr-btn--sm",
        )[h.span[label, h.span(class_="fr-sr-only")[f"{pieces.NBSP}: {name}"]]]

    return h.li(
        class_="panel stack--tight",
        data_fichier=one.uuid,
        data_suffixe=one.suffix,
        data_taille=one.size,
        data_recu=one.received,
    )[
        h.p[h.strong[name], f", {told(one)}"],
        None if one.whole else h.p(class_="fr-hint-text")[words.CUT],
        h.div(class_="cluster")[
            act("Avancer", "avant") if several and place else None,
            act("Reculer", "apres") if several and place < many - 1 else None,
            act("Retirer", "retirer"),
        ],
    ]
