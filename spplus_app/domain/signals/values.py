"""The reasons a machine has to ask for a second look, and what it says of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    """Why a text deserves a second look. Never a decision: a person reads, then decides."""

    DISTRESS = "distress"
    THREAT = "threat"
    PERSONAL_DATA = "personal_data"
    NAMED_AGENT = "named_agent"
    INSULT = "insult"
    DUPLICATE = "duplicate"
    WAVE = "wave"
    AUTOMATIC = "automatic"
    LINK = "link"
    OFF_TOPIC = "off_topic"
    SHOUTING = "shouting"
    TOO_SHORT = "too_short"

    @property
    def label(self) -> str:
        """The name of the signal, as the queue shows it."""
        return _TEXTS[self][0]

    @property
    def why(self) -> str:
        """One sentence that tells a moderator what was seen and what is left to them."""
        return _TEXTS[self][1]

    @property
    def urgent(self) -> bool:
        """Whether a person must be alerted at once, without waiting for their turn."""
        return self in {Signal.DISTRESS, Signal.THREAT}


_TEXTS: dict[Signal, tuple[str, str]] = {
    Signal.DISTRESS: (
        "Détresse ou danger",
        "Des mots laissent penser que quelqu’un est en détresse ou en danger\u00a0: "
        "lisez ce texte maintenant.",
    ),
    Signal.THREAT: (
        "Menace",
        "Des mots ressemblent à une menace contre quelqu’un ou contre un lieu\u00a0: "
        "lisez ce texte maintenant.",
    ),
    Signal.PERSONAL_DATA: (
        "Donnée personnelle",
        "Ce passage permet peut-être de reconnaître quelqu’un\u00a0: "
        "vérifiez s’il faut le masquer.",
    ),
    Signal.NAMED_AGENT: (
        "Agent nommé",
        "Un agent semble nommé\u00a0: son prénom peut rester dans un remerciement, "
        "sinon mettez sa fonction.",
    ),
    Signal.INSULT: (
        "Mot blessant ou grossier",
        "Ce mot figure dans une liste de mots blessants ou grossiers\u00a0: "
        "jugez-en d’après la phrase.",
    ),
    Signal.DUPLICATE: (
        "Déjà envoyé par la même personne",
        "La même personne a déjà envoyé un texte presque identique\u00a0: comparez les deux.",
    ),
    Signal.WAVE: (
        "Textes semblables",
        "Plusieurs textes presque identiques sont arrivés en peu de temps\u00a0: "
        "lisez-les ensemble.",
    ),
    Signal.AUTOMATIC: (
        "Peut-être envoyé par un programme",
        "Un champ que personne ne voit était rempli\u00a0: voyez si ce texte raconte un fait vécu.",
    ),
    Signal.LINK: (
        "Lien",
        "Le texte renvoie vers un site qui n’est pas dans notre liste de sites publics\u00a0: "
        "voyez s’il aide à comprendre.",
    ),
    Signal.OFF_TOPIC: (
        "Peut-être hors sujet",
        "Des mots font penser à une annonce commerciale\u00a0: "
        "voyez si le texte parle d’un service public.",
    ),
    Signal.SHOUTING: (
        "Texte en capitales",
        "Presque tout est écrit en capitales, ce qui se lit mal\u00a0: "
        "cela ne dit rien de ce qui est raconté.",
    ),
    Signal.TOO_SHORT: (
        "Texte très court",
        "Le récit est très court\u00a0: voyez s’il dit ce qui s’est passé.",
    ),
}


class Part(StrEnum):
    """Which text the places of a `Seen` are counted in."""

    TITLE = "title"
    NARRATIVE = "narrative"
    PSEUDONYM = "pseudonym"


class Danger(StrEnum):
    """Which danger a text speaks of: it decides which help is shown."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    CHILD = "child"
    IMMEDIATE = "immediate"


@dataclass(frozen=True, slots=True)
class Seen:
    """One reason for a second look.

    ``part[start:end]`` is the piece to underline; both are 0 where the signal is about the whole
    text. ``detail`` is that piece or a figure, in French. ``danger`` is set for distress only.
    """

    signal: Signal
    detail: str = ""
    start: int = 0
    end: int = 0
    part: Part = Part.NARRATIVE
    danger: Danger | None = None
