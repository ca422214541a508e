"""What is said while a document is masked: by its page, with or without a script."""

from __future__ import annotations

CHECKING: dict[str, str] = {
    "title": "Vérifiez que rien ne dit qui vous êtes",
    "title_moderation": "Vérifiez que rien ne dit qui a reçu ce document",
    "lead": "Ce qui est masqué ne sera lu par personne d’autre que vous et la modération.",
    "lead_moderation": "Ce qui n’est pas masqué sera lu par tout le monde.",
    "again": "La modération vous demande de regarder encore",
    "pages": "Pages du document",
    "page": "Page",
    "checked": "vérifiée",
    "to_check": "à vérifier",
    "picture": "Image de la page",
    "no_picture": "L’image de cette page arrive, ou ne peut pas être faite. Son texte suffit.",
    "no_text": "La machine n’a lu aucun texte sur cette page.",
    "text": "Le texte de la page",
    "see": "Montrer ce qui est masqué",
    "unmask": "ne plus masquer",
    "image": "L’image de la page",
    "areas": "Zones cachées de l’image",
    "uncover": "Retirer",
    "unplaced": "Certains mots masqués n’ont pas de place connue sur l’image",
    "unplaced_next": "Les images des pages ne seront donc pas publiées : seul le texte le sera.",
    "by_word": "Choisir mot à mot",
    "by_word_hint": "Sélectionnez des mots dans le texte, ou choisissez-les mot à mot : les "
    "flèches vont d’un mot à l’autre, Espace choisit, Majuscule et une flèche en choisissent "
    "plusieurs.",
    "by_area": "Cacher une zone de l’image",
    "area_hint": "Dessinez sur l’image. Au clavier, les flèches déplacent la zone, Majuscule et "
    "une flèche changent sa taille, Entrée la cache, Échap l’abandonne.",
    "hide_area": "Cacher cette zone",
    "chosen": "Mots choisis",
    "becomes": "Remplacés par",
    "mask": "Masquer ces mots",
    "cancel": "Annuler",
    "typed": "Écrire des mots à masquer",
    "typed_label": "Mots à masquer",
    "typed_hint": "Recopiez-les tels qu’ils sont dans le document. Ils seront masqués partout.",
    "check": "J’ai vérifié cette page",
    "own": "Ce que vous avez écrit",
    "own_moderation": "Ce que la personne a écrit",
    "own_lead": "Tout le monde le lira ainsi.",
    "keep": "Ce n’est pas personnel",
    "take": "C’est personnel, masquez-le",
    "kept": "Ces mots seront lus par tout le monde.",
    "hand": "Remettre à la modération",
    "hand_lead": "Une personne de la modération vérifiera encore, puis publiera le document.",
    "hand_wait": "Vérifiez d’abord chaque page.",
    "lifted": "La machine les proposait, ils ne sont plus masqués",
    "lifted_lead": "Regardez-les d’abord. Masquez de nouveau ce qui dit qui est la personne.",
    "publish": "Publier le document",
    "give_back": "Rendre à la personne",
    "give_back_label": "Ce qu’elle doit revoir",
    "refuse": "Refuser ce document",
    "refuse_label": "Pourquoi il est refusé",
    "message_hint": "La personne qui l’a envoyé lira ces mots.",
    "decide": "Décider",
    "leave": "Laisser ce document à un autre",
    "gone": "Il n’y a rien à vérifier ici",
    "mine": "Mes documents",
}
"""What is said while a document is masked."""
CHECKING_FIELDS: dict[str, str] = {
    "hard": "Ce qui est difficile",
    "wished": "Ce qui pourrait être fait",
    "form": "Le formulaire",
    "described": "Le document, tel que vous le décrivez",
}
CHECKING_STAGES: dict[str, tuple[str, str]] = {
    "reading": (
        "La machine lit votre document",
        "Cela prend quelques secondes, une minute pour des photos. Cette page se met à jour "
        "d’elle-même ; sans JavaScript, rechargez-la.",
    ),
    "unreadable": (
        "Votre document n’a pas pu être lu",
        "Rien n’en est gardé. Envoyez une autre photo ou un autre fichier, ou collez le texte.",
    ),
    "handed": (
        "Votre document est remis à la modération",
        "Une personne vérifie que rien ne dit qui vous êtes. Vous n’avez rien à faire : la suite "
        "s’affichera ici.",
    ),
    "refused": (
        "Votre document n’est pas publié",
        "Les fichiers que vous aviez envoyés sont effacés. Vous pouvez en envoyer un autre.",
    ),
    "published": (
        "Votre document est publié",
        "Tout le monde peut le lire, et marquer ce qui y est difficile. Vos fichiers d’origine "
        "sont effacés.",
    ),
    "hidden": (
        "Votre document est masqué le temps d’une vérification",
        "Quelqu’un l’a signalé. Une personne de la modération le relit. Vous n’avez rien à faire.",
    ),
    "withdrawn": (
        "Votre document est retiré",
        "Plus personne ne le voit, et ses fichiers sont effacés.",
    ),
    "erased": ("Votre document est effacé", "Il n’en reste rien ici."),
}
"""Where a document stands: the heading, and what it means for the person who sent it."""
