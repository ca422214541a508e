"""The words of each mail: short, calm, the same in plain text and in HTML.

Nothing here follows the reader: no image, no counter, no address but our own. A mail carries
enough to be understood alone; its subject names neither the story nor the service, since it
shows on a locked screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .decisions import OUTCOMES, PLACES, Place, kind_of
from .letters import Block, Letter, Link, Quote, Text
from .moderation import ReasonKind

RESET_VALID_FOR = timedelta(minutes=30)
"""How long a link to choose another password holds."""


class Template(StrEnum):
    """A mail we know how to write."""

    FOLLOW_UP = "follow_up"
    PUBLISHED = "published"
    REFUSED = "refused"
    APPEAL_UPHELD = "appeal_upheld"
    APPEAL_REJECTED = "appeal_rejected"
    REPLY = "reply"
    ANSWER_REFUSED = "answer_refused"
    RESET = "reset"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Spec:
    """What a mail needs from whoever asks for it, and to whom it may go.

    ``private``: its link opens something to whoever holds it, and is made of a nonce.
    """

    words: tuple[str, ...] = ()
    to_author: bool = True
    to_unconfirmed: bool = False
    private: bool = True


TEMPLATES: dict[Template, Spec] = {
    Template.FOLLOW_UP: Spec(to_unconfirmed=True),
    Template.PUBLISHED: Spec(),
    Template.REFUSED: Spec(words=("reason", "message")),
    Template.APPEAL_UPHELD: Spec(words=("message",)),
    Template.APPEAL_REJECTED: Spec(words=("message",)),
    Template.REPLY: Spec(words=("structure", "text", "politeness", "signature")),
    Template.ANSWER_REFUSED: Spec(words=("reason",)),
    Template.RESET: Spec(to_author=False),
    Template.ALERT: Spec(to_author=False, private=False),
}
"""Every mail. Only one may go to an address nobody has confirmed (a test reads this table)."""


_KEEP = Text(
    "Ce lien n’appartient qu’à vous : quiconque l’ouvre peut agir en votre nom. "
    "Ne le transmettez pas."
)


def letter(template: Template, values: Mapping[str, str]) -> Letter:
    """Return the mail filled with ``values``: the words of its `Spec`, ``site``, ``link``.

    A refusal also reads ``kind``, a `moderation.ReasonKind`. Mails to an author also read
    ``title``, ``sent_at`` (in words), ``public_link`` and ``outside`` (empty when the experience
    names a service).
    """
    subject, blocks = _WRITERS[template](values)
    foot = Text(
        f"Services Publics + — {values['site']}\n"
        "Message envoyé automatiquement : personne ne lirait votre réponse à cette adresse."
    )
    return Letter(subject, (Text("Bonjour,"), *blocks, foot))


def _follow_up(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    # Neither title nor text here: anybody may type somebody else's address in the form, and
    # must not be able to make us carry their words to it.
    return "Votre expérience est bien reçue : gardez ce message", [
        Text(
            f"Vous avez partagé une expérience le {values['sent_at']}. Nous l’avons bien reçue. "
            "Une personne va la relire avant de la publier."
        ),
        Link("Pour suivre votre expérience, ouvrez votre lien privé :", values["link"]),
        Text(
            "Ouvrez ce lien et confirmez votre adresse pour recevoir la suite par e-mail : la "
            "publication, puis la réponse du service. Sans cela, nous ne vous écrirons plus."
        ),
        Text(
            "Gardez ce message. Avec ce lien, vous pouvez voir où en est votre expérience, "
            "corriger votre texte ou le retirer."
        ),
        _KEEP,
        Text(
            "Vous n’avez rien envoyé ? Quelqu’un a sans doute tapé votre adresse par erreur. "
            "Ne faites rien : vous ne recevrez pas la suite."
        ),
    ]


def _published(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    return "Votre expérience est publiée", [
        Text(f"Votre expérience « {values['title']} » est publiée."),
        Link("Tout le monde peut la lire :", values["public_link"]),
        Text(
            "Vous n’avez cité aucun service : personne n’est chargé de vous répondre."
            if values["outside"]
            else "Les services que vous avez cités la reçoivent aussi. Nous vous écrirons dès que "
            "l’un d’eux vous répondra."
        ),
        Link("Votre page privée, pour suivre ou retirer votre expérience :", values["link"]),
        _KEEP,
    ]


def _refused(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    outcome = OUTCOMES[kind_of(values.get("kind", ""))]
    blocks: list[Block] = [
        Text(f"Nous avons lu votre expérience « {values['title']} ». {outcome.opening}"),
        Text(values["reason"]),
        *_said(values["message"]),
    ]
    if outcome is OUTCOMES[ReasonKind.REDIRECT]:
        blocks += [Text("Qui peut vous répondre :"), *(_place(place) for place in PLACES)]
    if outcome is OUTCOMES[ReasonKind.CORRECT]:
        blocks.append(
            Text(
                "Si vous pensez que nous nous trompons, vous pouvez aussi demander un second avis, "
                "sur la même page : une autre personne relira votre texte."
            )
        )
    return outcome.subject, [*blocks, Link(outcome.link, values["link"]), _KEEP]


def _said(message: str) -> list[Block]:
    if not message:
        return []
    return [Text("La personne qui a relu votre texte vous écrit :"), Quote(message)]


def _place(place: Place) -> Block:
    words = f"{place.name}. {place.sentence}"
    return Link(words, place.url) if place.url else Text(words)


def _appeal_upheld(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    return "Votre demande de second avis : la décision est changée", [
        Text(
            f"Une autre personne a relu votre expérience « {values['title']} ». Elle vous donne "
            "raison."
        ),
        *_said(values["message"]),
        Link("Tout le monde peut lire votre expérience :", values["public_link"]),
        Link("Votre page privée, pour suivre ou retirer votre expérience :", values["link"]),
        _KEEP,
    ]


def _appeal_rejected(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    return "Votre demande de second avis : la décision est maintenue", [
        Text(
            f"Une autre personne a relu votre expérience « {values['title']} ». Elle maintient la "
            "décision."
        ),
        *_said(values["message"]),
        Link("Pour revoir votre texte, le corriger ou le retirer :", values["link"]),
        _KEEP,
    ]


def _reply(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    signed = "\n".join(part for part in (values["politeness"], values["signature"]) if part)
    return "Un service a répondu à votre expérience", [
        Text(f"{values['structure']} a répondu à votre expérience « {values['title']} » :"),
        Quote(f"{values['text']}\n\n{signed}".strip()),
        Link(
            "Cette réponse vous est-elle utile ? Dites-le, ou répondez à votre tour :",
            values["link"],
        ),
        _KEEP,
    ]


def _answer_refused(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    return "Votre réponse au service n’est pas publiée", [
        Text(
            "Vous avez répondu au service à propos de votre expérience "
            f"« {values['title']} ». Nous ne pouvons pas publier cette réponse en l’état."
        ),
        Text(values["reason"]),
        Text("Votre expérience, elle, n’a pas changé."),
        Link("Pour écrire une autre réponse :", values["link"]),
        _KEEP,
    ]


def _reset(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    minutes = int(RESET_VALID_FOR.total_seconds() // 60)
    return "Choisir un nouveau mot de passe", [
        Text("Vous avez demandé à changer votre mot de passe."),
        Link("Pour en choisir un nouveau :", values["link"]),
        Text(f"Ce lien sert une seule fois, pendant {minutes}\u00a0minutes."),
        Text("Vous n’avez rien demandé ? Ne faites rien : votre mot de passe ne change pas."),
    ]


def _alert(values: Mapping[str, str]) -> tuple[str, list[Block]]:
    # No word of the text: a mailbox is read on screens that others see.
    return "Un texte à lire maintenant", [
        Text(
            "Un texte vient d’arriver à la modération. Des mots laissent penser que quelqu’un est "
            "en détresse, en danger ou menacé. Un programme les a vus, et il peut se tromper."
        ),
        Link("Lisez-le maintenant, sans attendre son tour\u00a0:", values["link"]),
        Text(
            "Toute la modération reçoit ce message. L’auteur a vu tout de suite les numéros à "
            "appeler, si son texte parle de détresse ou de danger."
        ),
    ]


_WRITERS: dict[Template, Callable[[Mapping[str, str]], tuple[str, list[Block]]]] = {
    Template.FOLLOW_UP: _follow_up,
    Template.PUBLISHED: _published,
    Template.REFUSED: _refused,
    Template.APPEAL_UPHELD: _appeal_upheld,
    Template.APPEAL_REJECTED: _appeal_rejected,
    Template.REPLY: _reply,
    Template.ANSWER_REFUSED: _answer_refused,
    Template.RESET: _reset,
    Template.ALERT: _alert,
}
