"""Why a file is not taken, each with a sentence that says what to do instead."""

from __future__ import annotations

from spplus_app.domain.errors import Invalid

from .canonical import TOO_LONG
from .not_taken import Refusal
from .sizes import BYTES_MAX, PAGES_MAX, PHOTO_PIXELS_MAX, PHOTOS_MAX
from .wire import UNREADABLE

_PASTE = "collez son texte à la place du fichier"

SENTENCES: dict[Refusal, str] = {
    Refusal.EMPTY: "Ce fichier est vide. Vérifiez qu’il s’ouvre chez vous, puis envoyez-le de "
    "nouveau.",
    Refusal.LARGE: f"Ce fichier dépasse {BYTES_MAX // 2**20} Mo. Envoyez seulement les pages "
    "difficiles à comprendre.",
    Refusal.UNKNOWN: "Ce type de fichier n’est pas accepté. Envoyez un PDF, un texte (DOCX, ODT, "
    f"RTF, TXT), un courriel (EML, MSG), une page HTML ou des photos ; ou {_PASTE}.",
    Refusal.OLD_WORD: "Ce fichier est dans l’ancien format de Word. Ouvrez-le, enregistrez-le en "
    f"PDF ou en DOCX, et envoyez cette copie ; ou {_PASTE}.",
    Refusal.OLD_SHEET: "Un tableau ou une présentation n’est pas accepté. Enregistrez-le en PDF "
    f"et envoyez cette copie ; ou {_PASTE}.",
    Refusal.MISMATCH: "Ce que contient ce fichier ne correspond pas à son nom, ou il est "
    f"incomplet. Ouvrez-le, enregistrez-le en PDF et envoyez cette copie ; ou {_PASTE}.",
    Refusal.ENCRYPTED: "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans "
    f"mot de passe, ou {_PASTE}.",
    Refusal.MACROS: "Ce fichier contient des macros, qui sont refusées. Enregistrez-le en PDF et "
    "envoyez cette copie.",
    Refusal.SCRIPTS: "Ce PDF contient des programmes, qui sont refusés. Imprimez-le dans un "
    f"nouveau PDF et envoyez cette copie, envoyez-en une photo, ou {_PASTE}.",
    Refusal.OBJECTS: "Ce fichier contient un autre fichier, qui est refusé. Enregistrez-le en PDF "
    "et envoyez cette copie.",
    Refusal.OUTSIDE: "Ce fichier va chercher une partie de son contenu ailleurs. Enregistrez-le "
    "en PDF et envoyez cette copie.",
    Refusal.ATTACHMENTS: "Ce fichier contient des pièces jointes. Envoyez la pièce difficile à "
    f"comprendre seule, ou {_PASTE}.",
    Refusal.BOMB: "Ce fichier prend beaucoup trop de place une fois ouvert. Enregistrez-le en PDF "
    f"et envoyez cette copie, ou {_PASTE}.",
    Refusal.DEEP: "Ce fichier est construit d’une façon trop compliquée pour être lu. "
    f"Enregistrez-le en PDF et envoyez cette copie, ou {_PASTE}.",
    Refusal.PAGES: f"Ce document a plus de {PAGES_MAX} pages. Envoyez seulement celles qui sont "
    "difficiles à comprendre.",
    Refusal.PHOTOS: f"Il y a plus de {PHOTOS_MAX} photos. Envoyez seulement celles des passages "
    "difficiles à comprendre.",
    Refusal.PIXELS: "Cette photo est trop grande pour être lue (au plus "
    f"{PHOTO_PIXELS_MAX // 10**6} millions de points, en JPEG). Envoyez-la en plus petit.",
    Refusal.LONG: TOO_LONG,
    Refusal.NO_TEXT: "Aucun texte n’a été trouvé dans ce fichier. Envoyez une photo plus nette, "
    "ou tapez le texte à la place du fichier.",
    Refusal.NO_OCR: "Ce site ne sait pas lire le texte d’une image pour le moment. Tapez ou "
    "collez le texte à la place du fichier.",
    Refusal.SLOW: "Ce fichier est trop long à lire. Envoyez seulement les pages difficiles à "
    f"comprendre, ou {_PASTE}.",
    Refusal.UNREADABLE: UNREADABLE,
}
"""Each refusal, as it is told to who sends the file."""


def refused(refusal: Refusal) -> Invalid:
    """Return what to raise (« document ») for a refusal."""
    return Invalid({"document": SENTENCES[refusal]})
