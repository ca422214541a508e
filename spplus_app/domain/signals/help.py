"""Whom to call: what an author reads at once when their text speaks of distress or danger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .values import Danger, Seen, Signal

HELP_OPENING = (
    "Votre texte nous a fait penser que vous, ou quelqu’un près de vous, traversez peut-être un "
    "moment très difficile. Si c’est le cas, vous pouvez en parler tout de suite à quelqu’un dont "
    "c’est le métier."
)
"""Said before the numbers."""
HELP_CLOSING = (
    "Une personne de notre équipe va lire votre texte. Ce site ne peut pas envoyer de secours. "
    "Si vous n’êtes pas concerné, continuez simplement\u00a0: votre texte n’est pas refusé pour "
    "cela."
)
"""Said after them."""
HELP_ALONE = (
    "Ce site ne peut pas envoyer de secours. Si vous n’êtes pas concerné, continuez "
    "simplement\u00a0: votre marque est gardée."
)
"""Said after them where nobody of the site reads what was written."""


@dataclass(frozen=True, slots=True)
class Help:
    """Numbers to call, free of charge, with who answers; ``numbers`` are those of a link tel:."""

    numbers: tuple[str, ...]
    name: str
    sentence: str
    source: str


HELP: dict[Danger, Help] = {
    Danger.SUICIDE: Help(
        ("3114",),
        "Numéro national de prévention du suicide",
        "Le 3114 est gratuit et confidentiel, 24\u00a0heures sur 24 et 7\u00a0jours sur 7. "
        "Un professionnel de santé vous écoute, vous ou un proche qui s’inquiète.",
        "https://3114.fr",
    ),
    Danger.VIOLENCE: Help(
        ("3919",),
        "Violences Femmes Info",
        "Le 3919 est gratuit et anonyme, 24\u00a0heures sur 24 et 7\u00a0jours sur 7. "
        "Il écoute et oriente les femmes qui subissent des violences, et leurs proches. "
        "L’appel n’apparaît pas sur la facture.",
        "https://arretonslesviolences.gouv.fr",
    ),
    Danger.CHILD: Help(
        ("119",),
        "Allô Enfance en danger",
        "Le 119 est gratuit et confidentiel, 24\u00a0heures sur 24 et 7\u00a0jours sur 7. "
        "Un enfant ou un adulte peut l’appeler pour soi ou pour un enfant qui risque d’être en "
        "danger.",
        "https://www.allo119.gouv.fr",
    ),
    Danger.IMMEDIATE: Help(
        ("17", "112"),
        "Police, gendarmerie et urgences",
        "Si quelqu’un est en danger maintenant, appelez le 17 ou le 112. "
        "Si vous ne pouvez pas parler ou entendre, écrivez un SMS au 114.",
        "https://www.service-public.fr",
    ),
}
"""Danger → whom to call; all are free of charge and open day and night."""

_ORDER = (Danger.SUICIDE, Danger.CHILD, Danger.VIOLENCE, Danger.IMMEDIATE)


def help_for(seen: Iterable[Seen]) -> tuple[Help, ...]:
    """Return what to show the author at once, nothing when no distress was seen.

    The number for a danger of this very moment always comes with the others, last.
    """
    dangers = {one.danger for one in seen if one.signal is Signal.DISTRESS and one.danger}
    if dangers:
        dangers.add(Danger.IMMEDIATE)
    return tuple(HELP[danger] for danger in _ORDER if danger in dangers)
