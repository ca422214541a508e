"""What is said around the sending of a hard document, by its pages and by their first paint."""

from __future__ import annotations

from ..domain.documents.stages import STAGE_NAMES, Stage

TITLE = "Je signale un document difficile"
LEAD = (
    "Un courrier, un courriel ou un formulaire vous a perdu ? Envoyez-le. D’autres diront avec "
    "vous ce qui n’est pas clair, et l’administration pourra le réécrire."
)
KIND = "Qu’avez-vous reçu ?"
WHERE = (
    "De quelle administration vient-il ?",
    "Cherchez par son nom, sa ville ou son code postal. Laissez vide si vous ne savez pas.",
)
DOCUMENT = (
    "Le fichier, ou des photos de chaque page",
    "PDF, DOCX, ODT, RTF, TXT, courriel (EML, MSG), page HTML, photos (JPEG, PNG, WebP, HEIC). "
    "20 Mo et 60 pages au plus, 10 photos au plus.",
)
SENT_FILES = "Fichiers reçus"
ORDER = "Rangez les photos dans l’ordre des pages."
PASTE = "Coller son texte à la place"
TEXT = ("Le texte du document", "Collez-le en entier : ce qui est personnel sera masqué.")
ABSENT = "Je n’ai pas le document"
FORM = (
    "Le numéro ou le nom du formulaire",
    "Par exemple : Cerfa 10840, ou « Demande d’aide au logement ».",
)
DESCRIBED = ("Ou décrivez le document", "De quoi il parlait, ce qu’il vous demandait.")
PROBLEMS = "Qu’est-ce qui est difficile ?"
PROBLEMS_HINT = "Cochez tout ce qui convient."
HARD = ("Avec vos mots", "Quelle phrase, quel mot vous arrête ?")
WISHED = ("Ce qui pourrait être fait", "Une phrase plus simple, un exemple, un numéro à appeler…")
BEFORE = (
    "Ce qui se passe ensuite",
    (
        "Une machine de ce site lit votre document. Il n’est envoyé nulle part ailleurs.",
        "Elle masque votre nom, votre adresse, vos numéros. Vous vérifiez, et complétez.",
        "Une personne de la modération relit.",
        "Le document masqué est publié. L’original est effacé.",
    ),
)
SEND = "Envoyer le document"
ERASE = "Effacer ce formulaire et ses fichiers"
CUT = "Une partie seulement est reçue. Choisissez à nouveau ce fichier : l’envoi reprendra là où "
CUT += "il s’était arrêté."

SENT = "Merci, votre document est envoyé"
UNREAD = "Votre document n’a pas pu être lu"
KEEP = (
    "Gardez ce lien : il est à vous seul",
    "Il ouvre votre document sur un autre appareil : pour vérifier ce qui est masqué, suivre ou "
    "retirer. Il ne peut pas être retrouvé : si vous le perdez, vous ne pourrez plus rien changer.",
)
LINK = "Votre lien privé"
OPEN = "Ouvrir mon document"
ONLY_LINK = "Ce lien est le seul chemin vers votre document."
NO_RECEIPT = "Ce reçu n’est plus affiché. Utilisez le lien que vous avez gardé."
NOT_HERE = (
    "Ouvrez votre lien privé",
    "Cette page ne s’ouvre que dans le navigateur qui a envoyé le document, ou qui a ouvert son "
    "lien privé. Vérifiez que le lien est complet.",
    TITLE,
    "/documents/signaler",
)
STATES: dict[Stage, tuple[str, str, str]] = {
    Stage.READING: (
        "info",
        "La lecture prend quelques secondes, parfois une minute pour des photos. Vous pouvez "
        "rester ici, ou revenir plus tard par votre lien.",
        "",
    ),
    Stage.UNREADABLE: (
        "error",
        "Rien de ce fichier n’est gardé. Vous pouvez l’envoyer autrement.",
        "Recommencer",
    ),
    Stage.MASKING: (
        "success",
        "Vérifiez ce qui est masqué avant que quelqu’un d’autre le voie.",
        "Vérifier ce qui est masqué",
    ),
    Stage.HANDED: ("info", "Une personne de la modération le relit.", "Revoir le document"),
    Stage.PUBLISHED: ("success", "Tout le monde peut le lire et le marquer.", "Voir le document"),
    Stage.HIDDEN: (
        "warning",
        "Une personne de la modération va le relire. Sa décision s’affichera ici. Nous ne disons "
        "pas qui l’a signalé.",
        "",
    ),
    Stage.REFUSED: ("warning", "La modération ne le publie pas. Plus personne ne le lit ici.", ""),
    Stage.WITHDRAWN: ("info", "Plus personne ne le voit.", ""),
    Stage.ERASED: ("info", "Il n’en reste rien ici.", ""),
}
"""Where a document stands → the look, what it means for who sent it, the words of the way on."""
TITLES: dict[Stage, str] = {
    Stage.UNREADABLE: UNREAD,
    **dict.fromkeys((Stage.READING, Stage.MASKING, Stage.HANDED), SENT),
}
"""Where a document stands → what the page is called; `OWN` where it is not here."""
OWN = "Mon document"
NAMES = STAGE_NAMES
