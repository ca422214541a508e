"""The programme's exact values, letter for letter (reference: services-publics-plus)."""

from __future__ import annotations

from enum import StrEnum


class Ressenti(StrEnum):
    """How the user felt."""

    POSITIVE = "Positif"
    NEUTRAL = "Neutre"
    NEGATIVE = "Négatif"


class PostedAs(StrEnum):
    """Who tells the experience."""

    CONCERNED = "La personne concernée"
    RELATIVE = "Un proche de la personne concernée"
    MEDIATOR = "Un agent de médiation"


class Channel(StrEnum):
    """How the user met the service."""

    ONLINE = "Démarche en ligne"
    DESK = "Accueil"
    PHONE = "Téléphone"
    EMAIL = "E-mail"
    ACCOUNT = "Compte ou espace personnel"
    LETTER = "Courrier"
    SOCIAL = "Réseaux Sociaux"
    CHAT = "Tchat (messagerie instantanée)"
    PATROL = "Patrouille"


class GeneralTag(StrEnum):
    """The five general tags, each left empty or given a ressenti."""

    ACCESSIBILITY = "Accessibilité"
    INFORMATION = "Information/Explication"
    RELATION = "Relation"
    REACTIVITY = "Réactivité"
    SIMPLICITY = "Simplicité/Complexité"


class ReplyRating(StrEnum):
    """What the author says of a reply."""

    USEFUL = "utile"
    NOT_USEFUL = "pas utile"


TAG_FIELDS: dict[GeneralTag, str] = {
    GeneralTag.ACCESSIBILITY: "tag_accessibility",
    GeneralTag.INFORMATION: "tag_information",
    GeneralTag.RELATION: "tag_relation",
    GeneralTag.REACTIVITY: "tag_reactivity",
    GeneralTag.SIMPLICITY: "tag_simplicity",
}
"""The form field (and column) of each general tag."""

CHANNEL_FIELDS: dict[Channel, str] = {
    Channel.ONLINE: "online",
    Channel.DESK: "desk",
    Channel.PHONE: "phone",
    Channel.EMAIL: "email",
    Channel.ACCOUNT: "account",
    Channel.LETTER: "letter",
    Channel.SOCIAL: "social",
    Channel.CHAT: "chat",
    Channel.PATROL: "patrol",
}
"""The suffix of each channel's form field."""
