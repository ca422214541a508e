"""What stands before a name, as people write it."""

from __future__ import annotations

import re

from .wording import after, either

_TITLE = rf"(?:(?:M\.|{either('monsieur, madame, mme, m., mr')})[ ])?"
_NAMED = rf"(?:{either('nommé(e), prénommé(e), appelé(e)')}[ ])?"
CIVILITY = after(
    r"(?:MM?\.|"
    + either(
        "m, ms, mr, mr., mrs, mrs., mme, mme., mmes, mmes., mlle, mlle., mlles, "
        "madame, mesdame(s), "
        "monsieur, messieurs, mademoiselle, maître, dr, dr., docteur(e), pr, pr., professeur(e)"
    )
    + r")[ \n]{1,2}(?=[\wÀ-ÿ])"
)
_JOB = either(
    "adjudant(e), adjudant-chef, gendarme, brigadier(-chef), brigadière, lieutenant(e), capitaine, "
    "major, commandant(e), gardien de la paix, gardienne de la paix, agent(e), conseiller(s), "
    "conseillère(s), conseiller numérique, conseillère numérique, technicien, technicienne, "
    "gestionnaire, assistant(e), assistant social, assistante sociale, hôtesse, secrétaire, "
    "médiateur, médiatrice, interlocuteur, interlocutrice, inspecteur, inspectrice, contrôleur, "
    "contrôleuse, infirmier, infirmière, directeur, directrice, responsable, guichetier, "
    "guichetière, fonctionnaire, employé(e), collègue, chargé de mission, chargée de mission, "
    "chargé d’accueil, chargée d’accueil"
)
_TAUGHT = either("docteur(e), dr, dr., professeur(e), pr, pr., maître")
JOB_BEFORE = re.compile(rf"(?<![\wÀ-ÿ])(?:{_JOB}|{_TAUGHT}),?[ ]{_NAMED}{_TITLE}$")
"""A job told just before a name."""
COURTESY_BEFORE = re.compile(
    rf"(?<![\wÀ-ÿ])(?:M\.|{either('monsieur, madame, mademoiselle, mme, mme., mlle, m., mr')})"
    r"[ \n]{1,2}$"
)
"""« Madame » just before a name: who is thanked by a first name goes without it."""
OFFICER = after(rf"{_JOB},?[ ]{_NAMED}")
ACCLAIMED = after(
    rf"(?:{either('merci, merci beaucoup, merci encore, merci infiniment')}[ ][àa]"
    rf"|{either('remercie, remercier, félicitations à, bravo à, grâce à, eu affaire à')}"
    r"|"
    + either(
        "accueil, reçu(e)(s), accueilli(e)(s), "
        "aidé(e)(s), conseillé(e)(s), renseigné(e)(s), guidé(e)(s), "
        "accompagné(e)(s), orienté(e)(s), appelé(e)(s), rappelé(e)(s), "
        "contacté(e)(s), traité(e)(s), "
        "suivi(e)(s), refusé(e)(s)"
    )
    + r"[ ]par)[ ]"
)
ACCLAIMED_BEFORE = re.compile(ACCLAIMED.pattern + "$")
SELF = after(
    either(
        "je m’appelle, je me nomme, je me prénomme, je soussigné, je soussignée, je soussigné(e), "
        "mon nom est, mon nom de famille est, mon nom c’est, mes nom et prénom, nom et prénom(s), "
        "nom :, prénom :, nom:, prénom:, moi c’est, au nom de, dossier de, c’est"
    )
    + rf"(?![\wÀ-ÿ]),?[ ]?:?[ ]?{_TITLE}"
)
AM = after(rf"{either('je suis, ici, moi')},?[ ]{_TITLE}")
CLOSING = after(
    either(
        "cordialement, cdt, cdlt, bien à vous, salutations, salutations distinguées, sincèrement, "
        "respectueusement, signé, signature, amicalement, merci, merci d’avance, bonne journée, "
        "bonne réception, considération, considération distinguée, sentiments distingués, "
        "sentiments les meilleurs, remerciements, dans l’attente"
    )
    + rf"(?![\wÀ-ÿ])[ ]?[.,:;!…-]{{0,3}}\s{{0,4}}{_TITLE}"
)
_OWN = either("mon, ma, mes, notre, nos, son, sa, leur")
_BESIDE = either(
    "petit, petite, belle, beau, grand, grande, jeune, ex, ancien, ancienne, futur, future, "
    "défunt, défunte, feu"
)
_RELATIVE = (
    rf"{_OWN}[ ](?:{_BESIDE}[- ])?"
    + either(
        "mari, femme, époux, épouse, compagnon, compagne, conjoint(e), concubin(e), fils, "
        "fille(s), frère, sœur, mère, père, maman, papa, tante, oncle, cousin(e), nièce, neveu, "
        "ami(e), copain, copine, voisin(e), bébé, enfant(s), fiancé(e), tuteur, tutrice, collègue, "
        "colocataire, propriétaire, locataire, protégé(e), patron, patronne, employé(e), client(e)"
    )
    + rf",?[ ](?:qui[ ]s[’']appelle[ ])?{_NAMED}"
)
KIN = after(_RELATIVE)
KIN_TITLE = after(_RELATIVE + either("m., mr, mme, monsieur, madame, mlle") + "[ ]")
WITNESS = after(
    either(
        "nommé(e), prénommé(e), se nomme, s’appelle, s’appelant, dénommé(e), un certain, "
        "une certaine"
    )
    + rf"[ ]:?[ ]?{_TITLE}"
)
JOB_NEAR = re.compile(
    either(
        "agent, conseill, guichet, accueil, hôtesse, secrétaire, gestionnaire, assistant, "
        "fonctionnaire, employé, interlocut, responsable, inspect, contrôleu, adjudant, gendarme, "
        "polici, docteur, médecin, dr , infirmi, directeur, directrice, chargé, technicien, médiat"
    )
)
