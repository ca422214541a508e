"""Examples: buttons, fields, choices."""

from __future__ import annotations

import reflex as rx

from ..buttons import button, button_group, copy_button, link_button, post_form, print_button
from ..choices import Option, checkbox, checkbox_group, radio_group, ressenti_group
from ..combobox import combobox
from ..errors import error_summary
from ..fields import input_field, select_field, textarea_field
from .example import Example

_POSTED_AS = (
    Option("La personne concernée", "La personne concernée"),
    Option("Un proche de la personne concernée", "Un proche de la personne concernée"),
    Option(
        "Un agent de médiation",
        "Un agent de médiation",
        hint="Vous aidez quelqu’un dans ses démarches, par exemple dans un espace France services.",
    ),
)
_CHANNELS = tuple(
    Option(words, words)
    for words in (
        "Démarche en ligne",
        "Accueil",
        "Téléphone",
        "E-mail",
        "Compte ou espace personnel",
        "Courrier",
        "Réseaux Sociaux",
        "Tchat (messagerie instantanée)",
        "Patrouille",
    )
)
_DEPARTMENTS = (("30", "30 – Gard"), ("34", "34 – Hérault"), ("48", "48 – Lozère"))


def _buttons() -> rx.Component:
    return button_group(
        button("Envoyer mon expérience"),
        button("Enregistrer et finir plus tard", kind="secondary"),
        button("Effacer mon brouillon", kind="tertiary"),
        button("Retirer mon expérience", kind="danger"),
    )


def _small_buttons() -> rx.Component:
    return button_group(
        button("Publier", small=True, icon="check"),
        button("Refuser", kind="secondary", small=True, icon="cross"),
        button("Modifier", kind="tertiary", small=True, icon="edit"),
    )


def _busy_buttons() -> rx.Component:
    return button_group(
        button("Envoi en cours…", busy=True),
        button("Publier", custom_attrs={"aria-disabled": "true"}),
    )


EXAMPLES: tuple[Example, ...] = (
    Example("button", "les quatre genres", _buttons),
    Example("button", "petits, avec icône", _small_buttons),
    Example("button", "occupé, puis inactif", _busy_buttons),
    Example(
        "link_button",
        "principal et second",
        lambda: button_group(
            link_button("Je partage mon expérience", "#", icon_after="arrow-right"),
            link_button("Lire les expériences", "#", kind="secondary"),
        ),
    ),
    Example(
        "button_group",
        "collé en bas d’un téléphone",
        lambda: button_group(button("Continuer"), button("Retour", kind="secondary"), sticky=True),
    ),
    Example(
        "copy_button",
        "copie un lien",
        lambda: rx.el.div(
            input_field(
                "lien",
                "Votre lien privé",
                field_id="lien-prive",
                default_value="https://exemple.fr/s/h7Jq2v",
                read_only=True,
            ),
            copy_button("Copier le lien", "lien-prive"),
        ),
    ),
    Example("print_button", "imprime la page", lambda: print_button()),
    Example(
        "post_form",
        "se déconnecter",
        lambda: post_form(
            "/auth/deconnexion", button("Se déconnecter", type="submit", kind="secondary")
        ),
    ),
    Example(
        "input_field",
        "avec une aide",
        lambda: input_field(
            "titre", "Titre", hint="En quelques mots, ce qui s’est passé.", max_length=179
        ),
    ),
    Example(
        "input_field",
        "optionnel, adresse électronique",
        lambda: input_field(
            "email",
            "Adresse électronique",
            optional=True,
            type="email",
            autocomplete="email",
            hint="Elle sert à vous envoyer la réponse. Elle n’est jamais publiée.",
        ),
    ),
    Example(
        "input_field",
        "en erreur",
        lambda: input_field(
            "code-postal",
            "Code postal",
            width="short",
            input_mode="numeric",
            default_value="3000",
            field_id="cp-erreur",
            error="Écrivez les cinq chiffres du code postal, par exemple 30000.",
        ),
    ),
    Example(
        "input_field",
        "accepté",
        lambda: input_field(
            "pseudo",
            "Pseudonyme",
            default_value="Lou du Gard",
            success="Ce pseudonyme peut être publié.",
        ),
    ),
    Example(
        "textarea_field",
        "avec compteur",
        lambda: textarea_field(
            "recit",
            "Que s’est-il passé\u00a0?",
            max_length=8000,
            rows=5,
            hint="Dites les faits dans l’ordre. N’écrivez ni nom, ni numéro de dossier.",
        ),
    ),
    Example(
        "textarea_field",
        "trop long, en erreur",
        lambda: textarea_field(
            "recit-long",
            "Que s’est-il passé\u00a0?",
            max_length=40,
            rows=3,
            default_value="J’ai attendu trois mois un rendez-vous pour ma carte d’identité.",
            error="Votre récit compte 23 caractères de trop. Raccourcissez-le.",
        ),
    ),
    Example(
        "select_field",
        "liste courte",
        lambda: select_field(
            "departement", "Département", _DEPARTMENTS, optional=True, hint="Celui où vous habitez."
        ),
    ),
    Example(
        "select_field",
        "en erreur",
        lambda: select_field(
            "motif",
            "Motif du refus",
            (("donnees", "Donnée personnelle"),),
            error="Choisissez le motif\u00a0: la personne le lira.",
        ),
    ),
    Example(
        "radio_group", "verticale", lambda: radio_group("poste-comme", "Vous êtes", _POSTED_AS)
    ),
    Example(
        "radio_group",
        "en ligne, en erreur",
        lambda: radio_group(
            "usage",
            "Cette réponse vous est-elle utile\u00a0?",
            (Option("utile", "Utile"), Option("pas utile", "Pas utile")),
            inline=True,
            error="Choisissez une réponse.",
        ),
    ),
    Example(
        "checkbox_group",
        "neuf choix",
        lambda: checkbox_group(
            "Par quels moyens\u00a0?",
            _CHANNELS,
            name="canaux",
            hint="Plusieurs réponses possibles.",
            default_values=("Accueil",),
        ),
    ),
    Example(
        "checkbox",
        "seule",
        lambda: checkbox(
            "partage",
            "J’utilise un ordinateur partagé",
            hint="Rien ne sera gardé sur cet appareil.",
        ),
    ),
    Example(
        "ressenti_group",
        "grande",
        lambda: ressenti_group(
            "ressenti", "Votre ressenti, dans l’ensemble", default_value="Négatif"
        ),
    ),
    Example(
        "ressenti_group",
        "compacte, optionnelle",
        lambda: ressenti_group(
            "tag-relation", "Relation", compact=True, optional=True, default_value="Positif"
        ),
    ),
    Example(
        "ressenti_group",
        "en erreur",
        lambda: ressenti_group(
            "ressenti-erreur", "Votre ressenti", error="Choisissez l’un des trois ressentis."
        ),
    ),
    Example(
        "combobox",
        "recherche d’un service",
        lambda: rx.el.form(
            combobox(
                "structure",
                "Quel service\u00a0?",
                src="/api/structures",
                hint="Son nom, sa ville ou son code postal. Par exemple\u00a0: caf nîmes.",
            ),
        ),
    ),
    Example(
        "combobox",
        "en erreur",
        lambda: rx.el.form(
            combobox(
                "structure-erreur",
                "Quel service\u00a0?",
                src="/api/structures",
                error="Choisissez un service, ou dites que vous ne le trouvez pas.",
            ),
        ),
    ),
    Example(
        "error_summary",
        "deux erreurs",
        lambda: error_summary(
            [
                ("cp-erreur", "Écrivez les cinq chiffres du code postal."),
                ("ressenti-erreur", "Choisissez l’un des trois ressentis."),
            ]
        ),
    ),
)
