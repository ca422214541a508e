"""Sentences said twice: by the pages, and by their first paint (`api/first_paint`)."""

from __future__ import annotations

SHARE = ("Je partage mon expérience", "/partager/service")
NO_CARDS = (
    "Aucune expérience ici pour le moment.",
    "Racontez la vôtre : elle sera relue, puis publiée.",
)
LIST = "/experiences"
NOT_FOUND_HERE = (
    "Aucune expérience ne correspond.",
    "Essayez d’autres mots, ou retirez un filtre.",
)
SEE_ALL = "Voir toutes les expériences"
ORDER = "Ordre des résultats"
COUNTING = "Comptage en cours…"
SIMILAR = "Vous aussi ?"
ME_TOO = "J’ai vécu une expérience similaire"
TAKE_BACK = "Retirer ce que j’ai dit"
SIMILAR_SAID = "C’est noté : vous avez vécu une expérience similaire."
SIMILAR_BACK = "C’est retiré."
USEFUL_ASKED = "Cette réponse vous paraît-elle utile ?"
VOTE_KEPT = "Merci, votre avis sur la réponse est enregistré."
SHARING = "Partager cette page"
PAGES = "Pages de la liste"
CLOSE = "Expériences proches"
NO_LATEST = "Aucune expérience n’est encore publiée. La vôtre peut être la première."
NOT_PUBLISHED = (
    "Cette expérience n’est pas publiée",
    "L’adresse est peut-être incomplète, ou son auteur l’a retirée. Vous pouvez lire les autres.",
    "Lire les expériences",
    "/experiences",
)
NO_PAGE = (
    "Cette page n’existe pas",
    "L’adresse est peut-être incomplète, ou la page a été retirée. Le plan du site montre toutes "
    "les pages.",
    "Voir le plan du site",
    "/plan-du-site",
)
NO_SERVICE = "L’auteur n’a pas trouvé son service dans la liste."
NO_REPLY = "Le service n’a pas encore répondu."
OTHERS = "Vous avez vécu autre chose avec un service public ?"
EDITED = "La modération a retouché ce texte ; l’auteur sait pourquoi."
TAGS = "Le ressenti de l’auteur, point par point"
USEFUL = "L’auteur juge cette réponse utile"
NOT_USEFUL = "L’auteur juge cette réponse pas utile"
ANSWERS = "L’auteur répond"
UNSIGNED = "Une personne qui n’a pas signé"
RESET_SENT = "Si cette adresse a un compte, un lien vient d’y partir. Il est valable 30 minutes."
