"""What a depositor may do with their document, as plain HTML: `components/document_rights.py`."""

from __future__ import annotations

import htpy as h

from ...components import words
from . import pieces
from .fields import Form


def rights(number: int, proof: str, *, withdrawable: bool, tried: Form) -> h.Element:
    """Take a document away, erase it, take home what is kept of it."""
    said, base = words.DOCUMENT_RIGHTS, f"/api/documents/{number}"
    return h.section(id="droits", class_="panel stack")[
        h.h2[said["title"]],
        h.p[h.a(href=f"{base}/donnees.json", download="")[said["export"]]],
        h.fragment[
            h.p[said["withdraw_about"]],
            _form(
                f"{base}/retirer",
                h.input(type="hidden", name="geste", value="retirer"),
                _button(said["withdraw"]),
            ),
        ]
        if withdrawable
        else None,
        h.p[said["erase_about"]],
        _form(
            f"{base}/effacer",
            h.input(type="hidden", name="preuve", value=proof),
            tried.line("mot", said["word"], "", optional=False, maxlength="20"),
            _button(said["erase"]),
        ),
    ]


def _form(action: str, *children: h.Node) -> h.Element:
    return h.spplus_form[
        h.form(action=action, method="post", class_="form-column stack")[children],
        h.div(hidden=True, data_alerts="")[
            pieces.alert("error", "", small=True, role="alert"),
            pieces.alert("success", "", role="status"),
        ],
    ]


def _button(label: str) -> h.Element:
    return h.button(type="submit", class_="fr-btn fr-btn--secondary")[h.span[label]]
