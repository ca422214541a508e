"""The register of treatments: what is kept of people, why, for how long, and what deletes it.

The page on personal data shows it; `NOT_PERSONAL` names the tables that hold nothing of anyone.
Each retention is one of `retention` or `drafts`, applied by a scheduled job (`jobs.SCHEDULED`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from . import retention
from .drafts import DRAFT_KEPT_FOR
from .jobs import JobKind

PUBLIC_TASK = "Mission d’intérêt public (RGPD, article 6.1.e\u00a0; arrêté du 18 juin 2021)"
SECURITY = "Mission d’intérêt public\u00a0: sécurité du service (RGPD, articles 6.1.e et 32)"
LEGAL_DUTY = "Obligation légale de l’organisme (RGPD, article 6.1.c)"
AUTHORS, AGENTS = "Auteurs d’expériences", "Agents, responsables, modération"
VISITORS = "Visiteurs du site"
MODERATION = "La modération du site"
NOBODY = "Personne d’autre que l’organisme qui tient le site"
EVERYONE = "Tout le monde, une fois publié"


@dataclass(frozen=True, slots=True)
class Kept:
    """How long something is kept: ``length`` then ``words``; ``words`` alone where no time ends it.

    ``job`` deletes it and writes what it did under ``deletion``.
    """

    words: str
    length: timedelta | None = None
    job: JobKind | None = None
    deletion: str = ""


@dataclass(frozen=True, slots=True)
class Treatment:
    """One line of the register; ``tables`` are those of the database that hold it."""

    code: str
    name: str
    purpose: str
    data: str
    people: str
    basis: str
    recipients: str
    kept: tuple[Kept, ...]
    tables: tuple[str, ...] = ()


TREATMENTS: tuple[Treatment, ...] = (
    Treatment(
        "experiences",
        "Les expériences",
        "Publier des témoignages, et permettre aux services d’y répondre",
        "Titre, récit, ressentis, services cités, et si l’auteur les donne\u00a0: département ou pays, "
        "pseudonyme. Chaque version du texte, les réponses du service, celles de l’auteur.",
        AUTHORS,
        PUBLIC_TASK,
        f"{EVERYONE}\u00a0; avant, la modération seule",
        (
            Kept("Publiée\u00a0: jusqu’à ce que son auteur la retire ou l’efface"),
            Kept(
                "après le dernier changement, si elle est refusée ou retirée",
                retention.REFUSED_KEPT_FOR,
                JobKind.FORGET_REFUSED,
                "refused",
            ),
        ),
        (
            *("experience", "experience_version", "experience_structure", "experience_facets"),
            *("imported_experience", "reply", "answer"),
        ),
    ),
    Treatment(
        "drafts",
        "Les brouillons",
        "Que rien de ce qui est écrit ne se perde",
        "Ce qui est tapé dans un formulaire, avant l’envoi",
        f"{AUTHORS}, agents",
        PUBLIC_TASK,
        NOBODY,
        (Kept("après la dernière modification", DRAFT_KEPT_FOR, JobKind.PURGE_DRAFTS, "drafts"),),
        ("draft",),
    ),
    Treatment(
        "originals",
        "Les mots masqués",
        "Laisser la modération juger en cas de doute ou de recours",
        "Le texte d’avant le masquage, scellé par une clé\u00a0; chaque lecture est notée",
        AUTHORS,
        PUBLIC_TASK,
        f"{MODERATION}\u00a0; l’auteur",
        (
            Kept(
                "une fois le texte relu",
                retention.ORIGINAL_KEPT_FOR,
                JobKind.FORGET_ORIGINALS,
                "originals",
            ),
        ),
        ("original", "answer_original"),
    ),
    Treatment(
        "contact",
        "L’adresse e-mail d’un auteur",
        "Lui écrire quand il se passe quelque chose, s’il l’a demandé",
        "L’adresse, la date où elle est confirmée",
        AUTHORS,
        PUBLIC_TASK,
        NOBODY,
        (
            Kept(
                "après le dernier échange",
                retention.ADDRESS_KEPT_FOR,
                JobKind.FORGET_ADDRESSES,
                "addresses",
            ),
        ),
        ("contact",),
    ),
    Treatment(
        "links",
        "Les liens de suivi",
        "Ouvrir son expérience à son auteur, et à lui seul",
        "Une empreinte du lien et celle du navigateur qui l’a ouvert\u00a0; jamais le lien",
        AUTHORS,
        PUBLIC_TASK,
        NOBODY,
        (
            Kept("Le lien\u00a0: tant que l’expérience est gardée"),
            Kept(
                "pour le reçu, qui ne peut plus être montré ensuite",
                retention.RECEIPT_SHOWN_FOR,
                JobKind.FORGET_RECEIPTS,
                "receipts",
            ),
            Kept(
                "pour le navigateur\u00a0: le lien le rouvre",
                retention.FOLLOWED_KEPT_FOR,
                JobKind.FORGET_VISITORS,
                "followed",
            ),
        ),
        ("private_link", "visitor_item"),
    ),
    Treatment(
        "votes",
        "Les avis des visiteurs",
        "Compter une fois chaque visiteur qui a vécu la même chose, ou qui juge une réponse",
        "L’empreinte du navigateur et l’avis",
        VISITORS,
        PUBLIC_TASK,
        "Tout le monde, pour le nombre seulement",
        (
            Kept(
                "ensuite, il ne reste que le nombre",
                retention.VOTE_KEPT_FOR,
                JobKind.FORGET_VISITORS,
                "votes",
            ),
        ),
        ("similar_vote", "reply_vote"),
    ),
    Treatment(
        "moderation",
        "Les décisions de modération",
        "Décider de ce qui est publié, dire pourquoi, permettre un recours",
        "La décision, son motif, le message à l’auteur, le recours de l’auteur, ce qui demande "
        "une relecture attentive, qui relit quoi en ce moment",
        f"{AUTHORS}, modération",
        PUBLIC_TASK,
        f"{MODERATION}\u00a0; l’auteur",
        (
            Kept("Tant que l’expérience est gardée\u00a0; les mots partent avec elle"),
            Kept(
                "après la fin d’une relecture en cours",
                retention.SIGN_IN_KEPT_FOR,
                JobKind.PURGE_SESSIONS,
                "claims",
            ),
        ),
        ("moderation", "appeal", "second_look", "claim"),
    ),
    Treatment(
        "reports",
        "Les signalements",
        "Lutter contre les dépôts illicites",
        "Ce qui est signalé, le motif, les mots ajoutés, l’empreinte du navigateur\u00a0; la décision",
        VISITORS,
        PUBLIC_TASK,
        MODERATION,
        (
            Kept(
                "ensuite, il ne reste ni les mots ni l’empreinte",
                retention.REPORT_KEPT_FOR,
                JobKind.FORGET_REPORTS,
                "reports",
            ),
        ),
        ("report", "report_case"),
    ),
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
        "À quel sujet écrire, sans adresse ni lien\u00a0; les mots du message partent avec l’envoi",
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
        "proofs",
        "Les preuves de calcul",
        "Freiner les envois automatiques, sans énigme ni service extérieur",
        "Un calcul déjà fait par un navigateur, qui ne désigne personne",
        VISITORS,
        SECURITY,
        NOBODY,
        (
            Kept(
                "Jusqu’à ce qu’il ne serve plus, quelques minutes après",
                None,
                JobKind.PURGE_SESSIONS,
                "proofs",
            ),
        ),
        ("spent_proof",),
    ),
    Treatment(
        "journal",
        "Le journal",
        "Prouver ce qui a été fait",
        "Quel geste, sur quoi, quand, par quel compte\u00a0; un visiteur n’y a pas de nom, et aucun "
        "texte n’y est écrit",
        f"{AUTHORS}, agents",
        PUBLIC_TASK,
        NOBODY,
        (Kept("Sans limite\u00a0: la base refuse d’en changer ou d’en effacer une ligne"),),
        ("journal",),
    ),
    Treatment(
        "connections",
        "Le relevé des connexions",
        "Répondre à la justice, si la loi oblige l’organisme à garder ces traces",
        "Date, méthode, adresse de la page sans ce qui suit «\u00a0?\u00a0», résultat, adresse du réseau "
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
                "Jusqu’à ce que l’organisme les remplace\u00a0: ce qui est effacé du site y reste "
                "jusque-là"
            ),
        ),
    ),
)

NOT_PERSONAL: dict[str, str] = {
    "structure": "the public directory of services",
    "network": "the public directory of services",
    "typology": "the public directory of services",
    "structure_count": "how many experiences a service received",
    "commitment": "the commitments of the programme",
    "figure": "counts of the whole site",
    "revision": "a number for each page that changed",
    "heartbeat": "when the worker was last seen",
    "deletion": "how many rows each deletion took",
    "moderation_reason": "the reasons that moderation may give",
}
"""Table → what it holds instead of anyone's data."""
