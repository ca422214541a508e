"""What is held about an author, in words: on their page, and in the file they take away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import htpy as h

from ..domain.dates import french_moment
from ..domain.text import french_number
from ..services.held import Held
from ..services.reading import paragraphs

NBSP = "\u00a0"
NONE = "Rien."
ACTS = {
    "publish": "Publication",
    "refuse": "Refus",
    "edit": "Retouche de la modération",
    "resend": "Texte corrigé et renvoyé",
    "withdraw": "Retrait par son auteur",
    "hide": "Masquée le temps d’une vérification",
    "restore": "De nouveau publiée",
    "uphold": "Second avis : l’auteur a raison",
}
ANSWERS = {
    "pending": "en cours de relecture",
    "published": "publiée",
    "refused": "refusée",
    "withdrawn": "retirée",
    "hidden": "masquée le temps d’une vérification",
}
_STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:700}dd{margin:0 0 .6rem}.prose p{white-space:pre-line;overflow-wrap:anywhere}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"

Part = tuple[str, h.Node]
"""A heading, and what it holds."""


def parts(held: Held) -> list[Part]:
    """Return everything held, part by part."""
    return [
        ("Votre expérience", _experience(held["experience"])),
        (_many("Les versions de votre texte", held["versions"]), _versions(held["versions"])),
        (_many("Les mots masqués, tels que vous les aviez écrits", held["originals"]),
         [_texts(held["originals"]), _answers_as_typed(held["answer_originals"])]),
        ("Votre adresse e-mail", _email(held["email"])),
        (_many("Les décisions de la modération", held["decisions"]), _decisions(held)),
        (_many("Les réponses des services, et ce que vous en dites", held["replies"]),
         _replies(held)),
        ("Les liens et les messages", _links(held)),
    ]  # fmt: skip


def standalone(held: Held) -> str:
    """Return a whole HTML page that opens anywhere, without asking anything of anyone."""
    told = "Mes données – Services Publics +"
    return str(
        h.html(lang="fr")[
            h.head[
                h.meta(charset="utf-8"),
                h.meta(http_equiv="Content-Security-Policy", content=_POLICY),
                h.meta(name="viewport", content="width=device-width, initial-scale=1"),
                h.title[told],
                h.style[_STYLE],
            ],
            h.body[
                h.h1[told],
                h.p[
                    "Tout ce que le site garde de vous sur cette expérience, le ",
                    _moment(held["exported_at"]),
                    ".",
                ],
                (h.section[h.h2[heading], content] for heading, content in parts(held)),
            ],
        ]
    )


def _many(words: str, rows: list[Held]) -> str:
    return f"{words} ({french_number(len(rows))})"


def _moment(iso: str | None) -> h.Node:
    if not iso:
        return "non"
    return h.time(datetime=iso)[french_moment(datetime.fromisoformat(iso))]


def _facts(pairs: Iterable[tuple[str, h.Node]]) -> h.Element:
    return h.dl(class_="facts")[(h.div[h.dt[name], h.dd[value]] for name, value in pairs)]


def _prose(text: str) -> h.Element:
    return h.div(class_="prose stack")[(h.p[part] for part in paragraphs(text))]


def _experience(one: Held) -> h.Node:
    services = ", ".join(service["name"] for service in one["services"])
    tags = ", ".join(f"{name}{NBSP}: {felt}" for name, felt in one["tags"].items())
    return [
        _facts(
            [
                ("Numéro", str(one["id"])),
                ("État", one["status_name"]),
                ("Titre", one["title"]),
                ("Signature", one["pseudonym"] or "aucune"),
                ("Département ou pays", one["place"] or "non dit"),
                ("Ressenti", one["ressenti"]),
                ("Point par point", tags or "non dit"),
                ("Qui vous êtes dans cette histoire", one["posted_as"]),
                ("Services cités", services or "aucun"),
                ("Envoyée", _moment(one["created_at"])),
                ("Publiée", _moment(one["published_at"])),
                ("Dernier changement", _moment(one["updated_at"])),
            ]
        ),
        _prose(one["narrative"]),
    ]


def _versions(rows: list[Held]) -> h.Node:
    return [
        h.article(class_="stack--tight")[
            h.h3[f"Version {row['number']}", " (retouchée)" if row["by_moderation"] else None],
            h.p(class_="fr-hint-text")[_moment(row["created_at"])],
            h.p[h.strong[row["title"]]],
            _prose(row["narrative"]),
            h.p[f"Signé{NBSP}: {row['pseudonym']}"] if row["pseudonym"] else None,
            h.p[f"Note{NBSP}: {row['note']}"] if row["note"] else None,
        ]
        for row in rows
    ]


def _texts(rows: list[Held]) -> h.Node:
    if not rows:
        return h.p["Rien n’a été masqué dans votre texte, ou l’original est déjà effacé."]
    return [
        h.article(class_="stack--tight")[
            h.h3[f"Version {row['number']}"],
            h.p[h.strong[row["title"]]],
            _prose(row["narrative"]),
            h.p[f"Signé{NBSP}: {row['pseudonym']}"] if row["pseudonym"] else None,
        ]
        for row in rows
    ]


def _answers_as_typed(rows: list[Held]) -> h.Node:
    return [
        h.article(class_="stack--tight")[h.h3["Votre réponse au service"], _prose(row["text"])]
        for row in rows
    ]


def _email(one: Held | None) -> h.Node:
    if one is None:
        return h.p["Aucune."]
    return _facts(
        [
            ("Adresse", one["address"]),
            ("Donnée", _moment(one["given_at"])),
            ("Confirmée", _moment(one["confirmed_at"])),
        ]
    )


def _decisions(held: Held) -> h.Node:
    decisions = [
        h.article(class_="stack--tight")[
            h.h3[
                ACTS.get(row["act"], row["act"]), " de votre réponse" if row["about_answer"] else ""
            ],
            h.p(class_="fr-hint-text")[_moment(row["created_at"])],
            _prose(row["told"]),
            _prose(row["message"]),
        ]
        for row in held["decisions"]
    ]
    appeals = [
        h.article(class_="stack--tight")[
            h.h3["Votre demande de second avis"],
            h.p(class_="fr-hint-text")[_moment(row["created_at"])],
            _prose(row["text"]),
            _prose(row["message"]),
        ]
        for row in held["appeals"]
    ]
    care = "Un programme a demandé à la modération de lire ce texte avec attention."
    mark = "Une empreinte de votre texte est gardée, pour le reconnaître s’il est envoyé encore."
    return [
        decisions or h.p[NONE],
        appeals,
        h.p[care] if held["read_with_care"] else None,
        h.p[mark] if held["fingerprint_kept"] else None,
    ]


def _replies(held: Held) -> h.Node:
    def one(row: Held) -> h.Element:
        answers = [answer for answer in held["answers"] if answer["reply"] == row["id"]]
        return h.article(class_="stack--tight")[
            h.h3[row["service"]],
            h.p(class_="fr-hint-text")[_moment(row["published_at"])],
            _prose(row["text"]),
            h.p[f"Vous la jugez{NBSP}: {row['my_rating']}"] if row["my_rating"] else None,
            [_answer(answer) for answer in answers],
        ]

    shown = {row["id"] for row in held["replies"]}
    others = [_answer(row) for row in held["answers"] if row["reply"] not in shown]
    return [[one(row) for row in held["replies"]] or h.p[NONE], others]


def _answer(row: dict[str, Any]) -> h.Element:
    state = ANSWERS.get(row["status"], row["status"])
    return h.div(class_="answer")[
        h.p[h.strong["Votre réponse"], f", {state}, ", _moment(row["created_at"])],
        _prose(row["text"]),
    ]


def _links(held: Held) -> h.Node:
    def link(row: Held) -> h.Node:
        how = "envoyé par e-mail" if row["by_mail"] else "donné à l’envoi"
        ended = ["; fermé le ", _moment(row["revoked_at"])] if row["revoked_at"] else None
        return h.li[f"Lien de suivi {how}, le ", _moment(row["created_at"]), ended]

    def mail(row: Held) -> h.Node:
        left = ["fini le ", _moment(row["done_at"])] if row["done_at"] else "pas encore parti"
        return h.li["Message préparé le ", _moment(row["queued_at"]), ", ", left]

    def item(row: Held) -> h.Node:
        number = f"Ce navigateur suit l’expérience {row['experience']} depuis le "
        return h.li[number, _moment(row["since"])]

    return [
        h.p["Le site ne garde que l’empreinte d’un lien et celle d’un navigateur, jamais le lien."],
        h.ul[
            [link(row) for row in held["links"]],
            [mail(row) for row in held["mails"]],
            [item(row) for row in held["this_browser"]],
        ],
    ]
