"""What is kept so that the site works, is safe, and can be brought back."""

from __future__ import annotations

from .. import retention
from ..jobs import JobKind
from .treatment import (
    AGENTS,
    AUTHORS,
    LEGAL_DUTY,
    MODERATION,
    NOBODY,
    PUBLIC_TASK,
    SECURITY,
    VISITORS,
    Kept,
    Treatment,
)

HOUSE: tuple[Treatment, ...] = (
    Treatment(
        "fingerprints",
        "Les empreintes de textes",
        "Reconnaître un même texte envoyé plusieurs fois",
        "Un nombre calculé sur le texte, dont on ne peut pas tirer le texte",
        AUTHORS,
        SECURITY,
        MODERATION,
        (
            Kept(
                "après l’envoi",
                retention.FINGERPRINT_KEPT_FOR,
                JobKind.FORGET_FINGERPRINTS,
                "fingerprints",
            ),
        ),
        ("fingerprint",),
    ),
    Treatment(
        "mails",
        "Les messages à envoyer",
        "Écrire aux auteurs et aux agents, et recommencer si l’envoi échoue",
        "À quel sujet écrire, sans adresse ni lien ; les mots du message partent avec l’envoi",
        f"{AUTHORS}, agents",
        PUBLIC_TASK,
        "Le serveur de messagerie de l’organisme",
        (
            Kept("une fois parti", retention.DONE_KEPT_FOR, JobKind.PURGE_SESSIONS, "jobs"),
            Kept(
                "s’il n’a pas pu partir", retention.FAILED_KEPT_FOR, JobKind.PURGE_SESSIONS, "jobs"
            ),
        ),
        ("job",),
    ),
    Treatment(
        "accounts",
        "Les comptes",
        "Se connecter, répondre, relire",
        "Nom, adresse e-mail professionnelle, mot de passe haché, structure et rôle",
        AGENTS,
        PUBLIC_TASK,
        NOBODY,
        (Kept("Jusqu’à la fermeture du compte"),),
        ("person", "person_grant"),
    ),
    Treatment(
        "sessions",
        "Les connexions des agents",
        "Garder la session ouverte, empêcher qu’on devine un mot de passe",
        "Une empreinte de session, la demande d’un autre mot de passe, les essais manqués comptés "
        "sur une empreinte qui change chaque jour",
        AGENTS,
        SECURITY,
        NOBODY,
        (
            Kept(
                "après la session", retention.SIGN_IN_KEPT_FOR, JobKind.PURGE_SESSIONS, "sessions"
            ),
            Kept(
                "après le dernier essai manqué",
                retention.SIGN_IN_KEPT_FOR,
                JobKind.PURGE_SESSIONS,
                "throttles",
            ),
            Kept(
                "après la demande d’un autre mot de passe",
                retention.SIGN_IN_KEPT_FOR,
                JobKind.PURGE_SESSIONS,
                "resets",
            ),
        ),
        ("person_session", "password_reset", "throttle"),
    ),
    Treatment(
        "limits",
        "Les compteurs contre les abus",
        "Empêcher qu’un programme envoie des textes, des avis ou des signalements en masse",
        "Combien d’envois, comptés sur une empreinte du navigateur, du compte, du réseau ou du "
        "sujet. Celle du réseau se calcule avec un code tiré au hasard chaque jour, puis "
        "effacé\u00a0: l’adresse ne s’y retrouve pas. Les preuves de calcul déjà utilisées",
        f"{VISITORS}, agents",
        SECURITY,
        NOBODY,
        (
            Kept("après l’envoi", retention.COUNTS_KEPT_FOR, JobKind.PURGE_SESSIONS, "limits"),
            Kept(
                "après qu’une preuve n’est plus valable",
                retention.PROOF_KEPT_FOR,
                JobKind.PURGE_SESSIONS,
                "proofs",
            ),
        ),
        ("limit_count", "spent_proof"),
    ),
    Treatment(
        "journal",
        "Le journal",
        "Prouver ce qui a été fait",
        "Quel geste, sur quoi, quand, par quel compte ; un visiteur n’y a pas de nom, et aucun "
        "texte n’y est écrit",
        f"{AUTHORS}, agents",
        PUBLIC_TASK,
        NOBODY,
        (Kept("Sans limite : la base refuse d’en changer ou d’en effacer une ligne"),),
        ("journal",),
    ),
    Treatment(
        "connections",
        "Le relevé des connexions",
        "Répondre à la justice, si la loi oblige l’organisme à garder ces traces",
        "Date, méthode, adresse de la page sans ce qui suit « ? », résultat, adresse du réseau "
        "(adresse IP), dans un fichier à part",
        "Toutes les personnes qui se servent du site",
        LEGAL_DUTY,
        "L’autorité judiciaire, sur réquisition",
        (Kept("", None, JobKind.FORGET_CONNECTIONS, "connections"),),
    ),
    Treatment(
        "backups",
        "Les sauvegardes",
        "Remettre le site en état après un accident",
        "Une copie de la base, sans la clé des mots masqués ni le relevé des connexions",
        "Toutes les personnes citées plus haut",
        SECURITY,
        NOBODY,
        (
            Kept(
                "Jusqu’à ce que l’organisme les remplace : ce qui est effacé du site y reste "
                "jusque-là"
            ),
        ),
    ),
)
