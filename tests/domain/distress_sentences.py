"""Sentences of distress and threat, to which no pattern was ever fitted.

They say how much a list of expressions misses. Do not add a pattern because one of these is
missed: write new ones instead, in `test_signals.py`.
"""

from __future__ import annotations

HELD_OUT = (
    "Je n’ai plus rien à perdre, je veux mourir tranquille.",
    "Depuis la suppression de mon allocation je pense à me tuer.",
    "j'ai envie de me foutre par la fenêtre",
    "Mon frère menace de se suicider si l’expulsion a lieu.",
    "Je suis hospitalisée après une tentative de suicide.",
    "je vais arrêter de vivre, c'est fini pour moi",
    "Plus personne ne m’aide, je préférerais être morte.",
    "vous allez avoir un suicide sur les bras",
    "La vie ne m’intéresse plus.",
    "je vais prendre tous mes médicaments d'un coup",
    "Mon mari me bat depuis dix ans.",
    "Il me menace avec un couteau quand il a bu.",
    "Mon ex-compagnon, violent, connaît mon adresse.",
    "J’ai été frappée par mon conjoint et la plainte est classée.",
    "Je vis cachée avec mes enfants, mon ex nous cherche.",
    "mon mari m'a violée",
    "Mon copain m'a mis un coup de poing.",
    "Je suis victime de violences de mon compagnon.",
    "Les enfants de ma voisine sont battus tous les soirs.",
    "Mon père boit et nous frappe.",
    "Ma nièce est victime d’attouchements.",
    "L’assistante maternelle maltraite les bébés.",
    "Mon fils a été agressé sexuellement au foyer.",
    "Je suis en danger, mon voisin veut me tuer.",
    "On m’a menacée de mort.",
    "J’ai peur qu’il me tue.",
    "Je vais venir avec une batte de baseball.",
    "Je vais faire sauter la préfecture.",
    "Vous allez me le payer.",
    "Je vais vous faire la peau.",
    "un jour ça va mal tourner pour vous",
    "si je perds mes droits je brûle la Caf",
    "Méfiez-vous quand vous rentrez chez vous le soir.",
    "Je vais étrangler la conseillère.",
    "Je vais tout péter dans vos bureaux.",
)
