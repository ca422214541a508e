"""What is kept of those who tell, read, vote and report."""

from __future__ import annotations

from .. import retention
from ..drafts import DRAFT_KEPT_FOR
from ..jobs import JobKind
from .treatment import AUTHORS, EVERYONE, MODERATION, NOBODY, PUBLIC_TASK, VISITORS, Kept, Treatment

CITIZENS: tuple[Treatment, ...] = (
    Treatment(
        "experiences",
        "Les expériences",
        "Publier des témoignages, et permettre aux services d’y répondre",
        "Titre, récit, ressentis, services cités, et si l’auteur les donne : département ou pays, "
        "pseudonyme. Chaque version du texte, les réponses du service, celles de l’auteur.",
        AUTHORS,
        PUBLIC_TASK,
        f"{EVERYONE} ; avant, la modération seule",
        (
            Kept("Publiée : jusqu’à ce que son auteur la retire ou l’efface"),
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
        "Laisser la modération juger en cas de doute ou de second avis",
        "Le texte d’avant le masquage, scellé par une clé ; chaque lecture est notée",
        AUTHORS,
        PUBLIC_TASK,
        f"{MODERATION} ; l’auteur",
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
        "Une empreinte du lien et celle du navigateur qui l’a ouvert ; jamais le lien",
        AUTHORS,
        PUBLIC_TASK,
        NOBODY,
        (
            Kept("Le lien : tant que l’expérience est gardée"),
            Kept(
                "pour le reçu, qui ne peut plus être montré ensuite",
                retention.RECEIPT_SHOWN_FOR,
                JobKind.FORGET_RECEIPTS,
                "receipts",
            ),
            Kept(
                "pour le navigateur : le lien le rouvre",
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
        "Décider de ce qui est publié, dire pourquoi, permettre un second avis",
        "La décision, son motif, le message à l’auteur, le second avis qu’il demande, ce qui "
        "demande une relecture attentive, qui relit quoi en ce moment",
        f"{AUTHORS}, modération",
        PUBLIC_TASK,
        f"{MODERATION} ; l’auteur",
        (
            Kept("Tant que l’expérience est gardée ; les mots partent avec elle"),
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
        "Ce qui est signalé, le motif, les mots ajoutés, l’empreinte du navigateur ; la décision",
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
)
