"""Sentences said twice: by the pages, and by their first paint (`api/first_paint`)."""

from __future__ import annotations

from ..domain.signals import HELP_ALONE, HELP_CLOSING, HELP_OPENING

SHARE = ("Je partage mon expérience", "/partager/service")
NO_CARDS = (
    "Aucune expérience ici pour le moment.",
    "Racontez la vôtre : elle sera relue, puis publiée.",
)
LIST = "/experiences"
DOCUMENTS = "/documents"
DOCUMENTS_TITLE = "Documents difficiles"
DOCUMENTS_LEAD = (
    "Des courriers, des courriels et des formulaires que des personnes n’ont pas compris. "
    "Lisez-les, marquez les phrases qui vous perdent, voyez ce que l’administration en fait."
)
REPORT_DOCUMENT = ("Je signale un document difficile", "/documents/signaler")
NO_DOCUMENT = (
    "Aucun document pour le moment.",
    "Une lettre vous a perdu\u00a0? Montrez-la\u00a0: ce qui est personnel sera masqué avant que "
    "quiconque la lise.",
)
NO_SUCH_DOCUMENT = (
    "Aucun document ne correspond.",
    "Essayez d’autres mots, ou retirez un filtre.",
)
ALL_DOCUMENTS = "Voir tous les documents"
HARD_HERE = "Ce qui est difficile\u00a0: "
DOCUMENT_RIGHTS: dict[str, str] = {
    "title": "Vos droits sur ce document",
    "export": "Emporter ce que nous gardons de ce document (fichier JSON)",
    "withdraw_about": "Retiré, il n’est plus lu par personne. Ce que vous avez envoyé est effacé.",
    "withdraw": "Retirer ce document",
    "erase_about": "Effacé, il n’en reste ni texte, ni page. Les remarques de ses lecteurs "
    "restent, sans les mots du document. Personne ne peut le faire revenir.",
    "word": "Pour confirmer, écrivez EFFACER",
    "erase": "Effacer ce document",
}
NOT_FOUND_HERE = (
    "Aucune expérience ne correspond.",
    "Essayez d’autres mots, ou retirez un filtre.",
)
SEE_ALL = "Voir toutes les expériences"
ORDER = "Ordre des résultats"
COUNTING = "Comptage en cours…"
SIMILAR = "Vous aussi ?"
ME_TOO = "J’ai vécu une expérience similaire"
TAKE_BACK = "Retirer ce que j’ai dit"
SIMILAR_SAID = "C’est noté : vous avez vécu une expérience similaire."
SIMILAR_BACK = "C’est retiré."
USEFUL_ASKED = "Cette réponse vous paraît-elle utile ?"
VOTE_KEPT = "Merci, votre avis sur la réponse est enregistré."
SHARING = "Partager cette page"
PAGES = "Pages de la liste"
CLOSE = "Expériences proches"
NO_LATEST = "Aucune expérience n’est encore publiée. La vôtre peut être la première."
NOT_PUBLISHED = (
    "Cette expérience n’est pas publiée",
    "L’adresse est peut-être incomplète. Sinon, son auteur l’a retirée, ou elle est masquée le "
    "temps d’une vérification. Vous pouvez lire les autres.",
    "Lire les expériences",
    "/experiences",
)
ERASED = (
    "Cette expérience a été effacée",
    "Son texte n’est plus gardé ici. Personne ne peut le faire revenir. Vous pouvez lire les "
    "autres.",
    "Lire les expériences",
    "/experiences",
)
DOCUMENT_TRAIL = ("Documents difficiles", "/documents")
DOCUMENT_FROM = "Envoyé par\u00a0: "
DOCUMENT_PROBLEMS = "Ce qui est difficile"
DOCUMENT_HARD = "Ce qui n’est pas clair\u00a0: "
DOCUMENT_WISHED = "Ce qui pourrait être fait\u00a0: "
DOCUMENT_ABSENT = (
    "Ce document n’est pas publié",
    "L’adresse est peut-être incomplète. Sinon, la personne qui l’a envoyé l’a retiré, ou il est "
    "masqué le temps d’une vérification.",
    "Lire les documents difficiles",
    "/documents",
)
DOCUMENT_ERASED = (
    "Ce document a été effacé",
    "Son texte n’est plus gardé ici. Personne ne peut le faire revenir.",
    "Lire les documents difficiles",
    "/documents",
)
DATA_PAGE = "/suivi/donnees"
HOW_LONG = "Combien de temps"
LAST_DELETED = "Dernière suppression\u00a0: "
NO_PAGE = (
    "Cette page n’existe pas",
    "L’adresse est peut-être incomplète, ou la page a été retirée. Le plan du site montre toutes "
    "les pages.",
    "Voir le plan du site",
    "/plan-du-site",
)
NO_SERVICE = "L’auteur n’a pas trouvé son service dans la liste."
REPORT = "Signaler ce texte"
REPORTED_EXPERIENCE = "l’expérience « "
REPORTED_END = " »"
REPORTED_REPLY = "la réponse de"
REPORTED_ANSWER = "la réponse de l’auteur du"
REPORTED_DOCUMENT = "« "
REPORT_THIS_DOCUMENT = "Signaler ce document à la modération"
REPORT_MARK = "Signaler"
REPORTED_MARK = " cette marque : « "
DOCUMENT_HIDDEN = (
    "Ce document est masqué le temps d’une vérification",
    "Vous le lisez parce que vous modérez. Décidez de ce qu’il devient dans les signalements.",
)
TRAP = "Ne remplissez pas ce champ"
"""The label of the field that nobody sees, for those who see it without styles."""
PROOF: dict[str, str] = {
    "asked": "Beaucoup d’envois arrivent en ce moment. Votre appareil fait un petit calcul, pour "
    "montrer que vous n’êtes pas un robot. Vous n’avez rien à faire.",
    "done": "Vérification terminée. Envoi en cours.",
    "progress": "Avancement du calcul",
    "wait": "Votre appareil n’a pas pu faire ce calcul. Ce que vous avez écrit est gardé. "
    "Attendez 2 minutes, puis appuyez à nouveau sur le bouton.",
}
"""What is said while a proof of work is made, by scripts."""
REPORT_TITLE = "Signaler un texte"
REPORT_LEAD = "Vous pensez que ce texte ne devrait pas être publié ? Dites pourquoi."
REPORT_NEXT = (
    "Une personne de la modération lira votre signalement. Elle garde le texte ou le retire. "
    "Une donnée personnelle est masquée tout de suite, le temps de vérifier. "
    "L’auteur ne saura pas qui l’a signalé."
)
REPORT_ASKED = "Pourquoi signalez-vous ce texte ?"
REPORT_WORDS = (
    "Quelques mots pour nous aider",
    "Dites quel passage pose problème. N’écrivez ni nom, ni numéro : ils seraient masqués.",
)
REPORT_SEND = "Envoyer le signalement"
REPORT_SENT = "Merci, votre signalement est reçu. Une personne de la modération va le lire."
REPORT_TRAIL = ("Expériences", LIST)
REPORT_BACK = "Revenir à l’expérience"
REPORT_BACK_DOCUMENT = "Revenir au document"
REPORT_GONE = (
    "Ce texte n’est plus publié",
    "L’adresse est peut-être incomplète. Sinon, le texte a été retiré, ou il est masqué le temps "
    "d’une vérification. Il n’y a rien à signaler.",
    "Lire les expériences",
    "/experiences",
)
REPORT_GONE_DOCUMENT = (*REPORT_GONE[:2], "Lire les documents difficiles", DOCUMENTS)
NO_REPLY = "Le service n’a pas encore répondu."
OTHERS = "Vous avez vécu autre chose avec un service public ?"
EDITED = "La modération a retouché ce texte ; l’auteur sait pourquoi."
TAGS = "Le ressenti de l’auteur, point par point"
USEFUL = "L’auteur juge cette réponse utile"
NOT_USEFUL = "L’auteur juge cette réponse pas utile"
ANSWERS = "L’auteur répond"
UNSIGNED = "Une personne qui n’a pas signé"
RESET_SENT = "Si cette adresse a un compte, un lien vient d’y partir. Il est valable 30 minutes."

QUESTIONS: dict[str, tuple[str, str]] = {
    "ressenti": ("Dans l’ensemble, comment l’avez-vous vécu ?", ""),
    "posted_as": ("Qui êtes-vous dans cette histoire ?", ""),
    "title": (
        "Résumez en une phrase",
        "Ce sera le titre. Par exemple : Trois mois pour obtenir un rendez-vous.",
    ),
    "narrative": (
        "Racontez ce qui s’est passé",
        "Quand, ce que vous vouliez faire, ce qui a marché ou non. N’écrivez ni nom, ni numéro de "
        "dossier, ni adresse.",
    ),
    "department": (
        "Votre département",
        "Publié avec votre texte. Il montre où les choses se passent bien ou mal.",
    ),
    "country": ("Ou votre pays, si vous vivez hors de France", "Publié avec votre texte."),
    "pseudonym": (
        "Un prénom ou un pseudonyme",
        "Publié avec votre texte. N’écrivez pas votre nom de famille.",
    ),
    "email": (
        "Votre adresse e-mail",
        "Jamais publiée, jamais donnée au service. Elle sert à vous écrire quand il se passe "
        "quelque chose, et s’efface 12 mois après le dernier échange.",
    ),
}
"""What the form asks: the field's name → the question, and the words under it."""
NO_DEPARTMENT = "Je préfère ne pas le dire"
NO_COUNTRY = "Je vis en France, ou je préfère ne pas le dire"
FIVE_POINTS = "Préciser votre ressenti sur cinq points (optionnel)"
OUTSIDE = (
    "Je ne trouve pas mon service",
    "Votre expérience sera publiée sans être transmise à un service précis.",
)
SEARCH = (
    "Cherchez le service par son nom, sa ville ou son code postal",
    "Par exemple : préfecture Nîmes, CAF Gard, CPAM 30. Trois services au plus.",
)
MEANS = "Comment avez-vous joint ce service ? Cochez tout ce que vous avez utilisé."
MASKING: dict[str, str] = {
    "title": "Ce que nous avons masqué",
    "about": "Un programme a trouvé ces mots, qui peuvent faire reconnaître quelqu’un. Il peut se "
    "tromper : c’est vous qui décidez. Cette liste n’est montrée qu’à vous.",
    "nothing": "Rien à masquer",
    "nothing_about": "Notre programme n’a rien trouvé qui fasse reconnaître quelqu’un. Il peut se "
    "tromper : relisez.",
    "becomes": "devient",
    "keep": "Ce n’est pas personnel",
    "kept": "Vous gardez ces mots. La personne qui relira votre texte le saura.",
    "mask": "Masquer quand même",
    "drop": "Ne plus masquer",
    "more": "Autre chose à masquer ?",
    "more_hint": "Recopiez les mots tels qu’ils sont dans votre texte.",
    "add": "Masquer ces mots",
    "done": "C’est noté. L’aperçu est à jour.",
}
"""What is said beside what was masked in a draft, by scripts and by the plain form."""
MASK_MORE = (
    "Masquer d’autres mots de mon texte",
    "Ils seront remplacés partout\u00a0: dans votre texte, ses versions passées, les réponses et "
    "la recherche. L’original reste scellé, à part.",
)
LEAVING: dict[str, str] = {
    "title": "Avant l’envoi, relisez",
    "about": "Un programme a trouvé des mots qui peuvent faire reconnaître quelqu’un. Voici votre "
    "texte comme tout le monde le lira. S’il vous convient, envoyez-le. Sinon, changez vos mots "
    "au-dessus.",
    "becomes": MASKING["becomes"],
    "keep": MASKING["keep"],
    "kept": "Vous gardez ces mots. La modération le saura.",
    "mask": MASKING["mask"],
    "back": "Revenir à mes mots",
    "done": MASKING["done"],
}
"""What is said beside what was found in an answer, a reply or an edit, before it leaves."""
HELP: dict[str, str] = {
    "title": "Vous pouvez en parler maintenant",
    "opening": HELP_OPENING,
    "call": "Appeler le",
    "or": "ou le",
    "closing": HELP_CLOSING,
}
"""What is said around the numbers to call, by scripts and by the plain form."""
HELP_MARKING: dict[str, str] = HELP | {"closing": HELP_ALONE}
"""The same beside a mark, which nobody reads before it is sent."""
AFTER_SENDING = (
    "Après l’envoi, une personne relit votre texte. Vous recevez tout de suite un lien pour le "
    "suivre, le corriger ou le retirer."
)
SENT = "Merci, votre expérience est envoyée"
RECEIVED = (
    "Nous l’avons bien reçue",
    "Une personne la relit. Elle sera publiée, puis transmise au service.",
)
KEEP_THE_LINK = (
    "Gardez ce lien : il est à vous seul",
    "Il ouvre votre suivi : chaque étape et sa date, la réponse, la correction, le retrait. Il ne "
    "peut pas être retrouvé : si vous le perdez, vous ne pourrez plus rien changer à votre texte.",
)
BY_MAIL_TOO = (
    "Un lien part aussi à votre adresse e-mail. Ouvrez-le pour confirmer votre adresse : sans "
    "cela, nous ne vous écrirons plus."
)
NOT_BY_MAIL = (
    "Vous n’avez pas donné d’adresse e-mail : ce lien est le seul chemin vers votre suivi."
)
