"""What is kept of those who send hard documents and of those who mark them."""

from __future__ import annotations

from .. import retention
from ..jobs import JobKind
from .treatment import EVERYONE, MODERATION, PUBLIC_TASK, VISITORS, Kept, Treatment

SENDERS = "Personnes qui signalent un document"

DOCUMENTS: tuple[Treatment, ...] = (
    Treatment(
        "documents",
        "Les documents difficiles",
        "Retravailler avec des volontaires les documents que l’on ne comprend pas",
        "Le texte et les pages une fois masqués, ce qui est difficile, l’administration d’où ils "
        "viennent, l’empreinte du navigateur qui les a envoyés et celle du lien de suivi",
        SENDERS,
        PUBLIC_TASK,
        f"{EVERYONE} ; avant, la personne qui envoie et la modération",
        (
            Kept("Publié : jusqu’à ce que la personne l’efface ; retiré, plus personne ne le lit"),
            Kept(
                "sans geste de la personne, s’il n’est pas publié",
                retention.DOCUMENT_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "documents",
            ),
            Kept(
                "pour le navigateur : le lien le rouvre",
                retention.HOLDER_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "holders",
            ),
        ),
        ("document", "document_version", "document_page", "document_link", "document_holder"),
    ),
    Treatment(
        "document_files",
        "Les fichiers envoyés",
        "Lire le document, masquer ce qui est personnel",
        "Le fichier tel qu’il est envoyé et le texte qu’il contient, scellés par une clé",
        SENDERS,
        PUBLIC_TASK,
        f"{MODERATION} ; la personne qui envoie",
        (
            Kept(
                "Jusqu’à la publication : ils sont effacés dès que les pages masquées sont prêtes"
            ),
            Kept(
                "pour un envoi qui n’est pas terminé",
                retention.UPLOAD_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "uploads",
            ),
        ),
        ("upload", "document_file", "document_reading"),
    ),
    Treatment(
        "marks",
        "Les marques sur un document",
        "Savoir quelles phrases perdent leurs lecteurs, et pourquoi",
        "Le passage, le ton, le motif, les mots ajoutés, l’empreinte du navigateur",
        VISITORS,
        PUBLIC_TASK,
        f"{EVERYONE}, sans l’empreinte ; avant l’envoi, leur auteur seul",
        (
            Kept(
                "si elles ne sont pas envoyées",
                retention.MARK_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "marks",
            ),
            Kept(
                "si la modération les a retirées",
                retention.REFUSED_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "removed_marks",
            ),
            Kept(
                "pour l’empreinte du navigateur : les marques envoyées restent",
                retention.READER_KEPT_FOR,
                JobKind.FORGET_DOCUMENTS,
                "readers",
            ),
        ),
        ("annotation", "document_reader"),
    ),
)
