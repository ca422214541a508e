"""Words of distress, of danger and of threat, as patterns over the words of a text.

What is missed costs more than what is seen in vain: a help number shown to somebody who did not
need it does no harm. So idioms are let through (« mourir de rire », « tuer le temps », « en finir
avec ce dossier »), grief is not danger, and the rest is left to the person who reads.

A rule is asked only when a text has a word that begins as its ``heads`` (four letters at most):
most texts have none. Patterns are bounded: nothing in them can repeat within a repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .reading import Reading
from .values import Danger, Seen, Signal

_HEAD = 4


class Rule(NamedTuple):
    """A pattern, the beginnings of words without which it cannot match, and what it says."""

    heads: frozenset[str]
    pattern: re.Pattern[str]
    danger: Danger | None


_PIECES = {
    "W": "[a-z0-9]{1,30} ",
    "NO_PLACE": r"(?! (?:ici|chez|avec|dans|en|a|au|aux|ensemble|seule?|sans|ca|cela|sur)\b)",
    "KIN": "(?:mari|conjoint|compagnon|copain|ex|epoux|concubin|femme|compagne|conjointe|epouse|"
    "copine|concubine|pere|beau pere|mere|frere)",
    "CHILD": "(?:enfants?|bebes?|nourrissons?|mineure?s?|fils|filles?|petits? enfants?|gamine?s?)",
    "HURT": "(?:frappe|frappent|bat|battent|cogne|cognent|tape|tapent|viole|violent|violente|"
    "etrangle|sequestre|menace|gifle|agresse|maltraite|maltraitent|harcele)",
    "WAS_HURT": "(?:frappee?s?|battue?s?|cognee?s?|tapee?s?|violee?s?|violentee?s?|etranglee?s?|"
    "sequestree?s?|giflee?s?|maltraitee?s?|abusee?s?|agressee?s? sexuellement)",
    "I_WILL": "(?:je (?:vais|veux|voudrais|voulais|pense|compte|finirai par|pourrais|prefere|"
    "songe a|"
    "risque de|suis pret a|suis prete a|suis capable de)|(?:envie|idee|besoin|tente|essaye|"
    "essaie|failli|point|plus qu a)(?: de| d)?|vais finir par|veux plus que)",
    "WE_WILL": "(?:(?:je|j|on|nous) (?:vais|va|allons|veux|irai|pourrais|viendrai)|envie de|faut|"
    "faudrait|finir par|pret a|prete a|prets a)",
    "WEAPON": "(?:fusil|arme|armes|couteau|hache|flingue|pistolet|kalachnikov|kalash|machette|"
    "batte|bidon|essence|bombe|barre de fer)",
    "PLACE": "(?:prefecture|mairie|caf|caisse|cpam|agence|bureaux?|locaux|batiment|centre|tribunal|"
    "ecole|voitures?|consulat|guichet|services?|maisons?|administration|commissariat|boutique)",
}

_SUICIDE = (
    (
        "suic",
        r"(?<!prevention du )(?<!taux de )(?<!aide au )(?<!assistance au )suicid(?:e|er|es|ee|ees|"
        r"aires?|erai|erais|ent|ant)\b(?! (?:assiste|collectif|politique|commercial|social))",
    ),
    (
        "jour vie",
        r"(?:mettre|mets|mettrai|mis|met|mettra) fin a (?:(?:mes|ses) jours|(?:ma|sa) vie)",
    ),
    (
        "fini",
        r"(?:<I_WILL>|veut|parle d) (?:<W>){0,1}en finir"
        r"(?! (?:<W>){0,4}avec (?!(?:la|ma|cette|sa) vie|tout\b))",
    ),
    ("fini", r"en finir avec (?:(?:la|ma|sa|cette) vie|la vie)"),
    ("tuer supp", r"<I_WILL> (?:<W>){0,1}me (?:tuer(?! (?:a|au|aux)\b)|supprimer(?= \.|$))"),
    (
        "pend flin tire jete foutr fout ouvr tran immo",
        r"me pendre\b|me flinguer|me tirer une balle|me jeter (?:sous|par la|du|d un|dans)|"
        r"me foutre en l air|m ouvrir les veines|me trancher les veines|m immoler",
    ),
    (
        "tuer pend suic mour",
        r"(?:veut|voulait|menace de|parle de|pense a|envie de) "
        r"(?:se (?:tuer(?! (?:a|au)\b)|pendre|suicider)|mourir(?! d[e ]))",
    ),
    (
        "mour crev",
        r"(?:envie de|(?:je|j) (?:veux|voudrais|aimerais|prefere|prefererais)|me laisser) "
        r"(?:mourir|crever)(?! (?:de (?:rire|faim|soif|froid|chaud|honte)|d ennui|chez|dignement|"
        r"dans|a la maison|en france|l)\b)",
    ),
    (
        "vivr",
        r"(?:(?:plus|aucune|pas) (?:du tout )?(?:d )?envie|marre|fatiguee?|lassee?|"
        r"en ai assez) de vivre"
        r"<NO_PLACE>|veux plus vivre(?= (?:\.|comme ca|ainsi|cette vie)|$)|"
        r"ne supporte plus de vivre|"
        r"plus (?:la force|le courage|l envie|de raison|aucune raison) de vivre<NO_PLACE>|"
        r"aucune raison de vivre",
    ),
    (
        "vie",
        r"\b[ml]a vie n a plus (?:de|aucun) sens|ma vie ne vaut (?:plus )?rien|"
        r"plus (?:le )?gout a la vie|ne supporte plus la vie(?= \.|$)",
    ),
    ("disp", r"envie de disparaitre|je (?:veux|voudrais|prefere) disparaitre"),
    ("idee pens moi adie", r"idees noires|pense a la mort|mieux sans moi\b|lettre d adieu"),
    ("plus", r"si je n etais plus la\b|mieux que je ne sois plus la\b"),
    (
        "beti irre acte",
        r"<I_WILL> (?:faire une (?:grosse )?betise|passer a l acte)|"
        r"(?:commettre|faire) l irreparable",
    ),
    (
        "saut aval",
        r"<I_WILL> (?:sauter (?:par la fenetre|d un pont|du pont|dans le vide)|"
        r"avaler (?:tous? )?(?:mes|des) (?:medicaments|cachets|comprimes))",
    ),
    ("scar auto", r"(?:me|se) scarifi\w{1,5}\b|auto ?mutil\w{1,6}\b"),
)

_VIOLENCE = (
    (
        "viol",
        r"violences? (?:<W>){0,2}(?:conjugales?|domestiques?|intra ?familiales?|sexistes?|"
        r"sexuelles?|au sein du couple)|victimes? de violences?(?! (?:polic|scolaire|routi|"
        r"verbal))|"
        r"<KIN> (?:est |etait |tres |trop |devenu |devient ){0,3}violente?\b|"
        r"\bviols?\b(?! (?:de|du|des) (?:mes|la|ma|mon|domicile|nos|donnees|secret|reglement|vie))",
    ),
    ("femm epou", r"(?:femmes?|epouses?|conjointes?) battues?\b"),
    (
        "mari conj comp copa ex epou conc femm copi pere beau mere frer",
        r"\b(?:mon|ma|son|sa|l|d)(?: ex)? <KIN> (?:<W>){0,3}(?:me|m|la|nous) (?:<W>){0,2}"
        r"(?:<HURT>|<WAS_HURT>)\b",
    ),
    ("peur emprise empr", r"(?:peur|l emprise) de mon (?:ex )?<KIN>\b"),
    ("frap bat cogn viol etra", r"\b(?:il|elle) me (?:frappe|bat|cogne|viole|etrangle)\b"),
    (
        "frap batt cogn viol etra agre sequ",
        r"(?:il|elle) m (?:a|avait) (?:<W>){0,2}<WAS_HURT>\b|"
        r"(?:me suis faite?|je suis|j ai ete|ai ete) (?:<W>){0,1}"
        r"(?:violee?|battue|violentee?|etranglee?|agressee? sexuellement)\b",
    ),
    (
        "forc exci prot grav",
        r"mariages? forces?|\bexcis(?:ion|ee)\b|ordonnance de protection|"
        r"telephone grave danger",
    ),
)

_CHILD = (
    (
        "dang malt batt viol frap abus agre",
        r"<CHILD> (?:<W>){0,4}(?:en danger|<WAS_HURT>)\b",
    ),
    ("malt", r"maltrait(?:ances?|e|es|ent|er) (?:<W>){0,3}<CHILD>\b|maltraitance infantile"),
    ("viol", r"violences? (?:<W>){0,3}(?:sur|contre|envers|aux|subies par) (?:<W>){0,2}<CHILD>\b"),
    (
        "frap bat batt cogn viol seco",
        r"\b(?:frappe|bat|battre|frapper|cogne|viole|secoue) (?:(?:mon|ma|mes|son|sa|ses|leur|"
        r"leurs|"
        r"un|une|des|les|le|la|notre|nos|petite?s?) ){1,2}<CHILD>\b",
    ),
    (
        "pare pere mere beau",
        r"mes parents (?:<W>){0,2}(?:me|m|nous) (?:<W>){0,2}(?:<HURT>|<WAS_HURT>|enferment)\b|"
        r"(?:mon|ma) (?:beau |belle )?(?:pere|mere) (?:<W>){0,2}(?:me|m|nous) (?:<W>){0,1}"
        r"(?:<HURT>|<WAS_HURT>)\b|mon (?:beau )?pere (?:me|m a) touchee?s?\b",
    ),
    ("ince atto pedo", r"\bincestes?\b|attouchements?\b|pedophil(?:e|es|ie)\b"),
)

_IMMEDIATE = (
    (
        "dang",
        r"je suis (?:<W>){0,2}en danger|(?:me sens|nous sommes|nous sentons) (?:<W>){0,1}en danger|"
        r"(?:ma|sa|notre|leur) vie (?:est|serait) (?:<W>){0,1}en danger|en danger de mort",
    ),
    (
        "mena",
        r"menac(?:e|es|ee|ees|ent|ait) (?:de mort|de (?:me|nous|la|le|les) tuer|"
        r"avec un couteau|avec une arme)",
    ),
    (
        "tuer",
        r"(?:veut|voulait|veulent|essaye de|essaie de|tente de) (?:me|nous|la|"
        r"les) tuer\b(?! (?:a|au)\b)|"
        r"(?:\bil|<KIN>|voisin|homme) (?:va|vont) (?:me|nous|la|les) tuer\b",
    ),
    (
        "sequ gre",
        r"(?:suis|sommes|est) (?:enfermee? et )?sequestree?s?\b|contre (?:mon|son) gre chez",
    ),
)

_THREAT = (
    (
        "fusi arme cout hach flin pist kala mach batt bido esse bomb barr",
        r"\b(?:je|j|on|nous) (?:vais|va|allons|viens|viendrai|reviendrai|reviens|debarque|"
        r"debarquerai|"
        r"arrive|passe|passerai|prendrai|sors|sortirai|vous attends) (?:<W>){0,8}(?:avec |prendre |"
        r"sortir |chercher |ramener |poser )(?:un |une |mon |ma |le |des |la |"
        r"de l ){0,1}<WEAPON>\b",
    ),
    (
        "brul incen ince cram feu saut casse cass expl pete",
        r"<WE_WILL> (?:<W>){0,3}(?:mettre le feu|foutre le feu|tout (?:bruler|cramer|casser|peter|"
        r"faire sauter|faire exploser|exploser)|(?:bruler|incendier|cramer|faire sauter|"
        r"faire exploser|casser) (?:toute? )?(?:la|le|les|votre|vos|cette|ce|l) <PLACE>\b)",
    ),
    (
        "tuer bute crev flin mass egor etra defo demo taba frap frac lync cass pete",
        r"<WE_WILL> (?:<W>){0,1}(?:(?:vous|les|le|la|te|l|tous|toutes|leur|lui) ){1,3}"
        r"(?:tuer|buter|crever|flinguer|massacrer|egorger|etrangler|defoncer|demolir|tabasser|"
        r"frapper|fracasser|lyncher|(?:casser|peter|exploser|defoncer) la (?:gueule|figure|"
        r"tete))\b",
    ),
    (
        "tuer bute flin frap etra egor",
        r"<WE_WILL> (?:<W>){0,1}(?:tuer|buter|flinguer|frapper|etrangler|egorger) "
        r"(?:quelqu un|un agent|une agente|l agente?|cet|cette|tout le monde|tous|un d entre)\b",
    ),
    (
        "paye paie regr",
        r"vous allez (?:tous |toutes )?(?:me )?le payer\b|vous (?:me )?le paierez|"
        r"vous allez (?:tous |toutes )?payer(?= \.| cher| pour (?:ca|cela|ce que|tout)|$)|"
        r"vous allez (?:tous |toutes )?(?:le )?regretter|vous (?:le )?regretterez\b",
    ),
    ("mour crev", r"vous (?:allez|devez|meritez de) (?:tous |toutes )?(?:mourir|crever)\b"),
    ("veng", r"\bje (?:me vengerai|vais me venger)|\bj aurai ma vengeance"),
    (
        "fini term sang mort dram carn otag",
        r"(?:va|risque de) (?:mal finir|finir mal|mal se terminer|se terminer mal)|"
        r"(?:finir|terminer) (?:dans le sang|en drame|par un drame)|bain de sang|"
        r"y (?:aura|avoir) (?:un|des) (?:mort|morts|drames?)\b|<WE_WILL> (?:<W>){0,2}"
        r"(?:faire un carnage|prendre (?:<W>){0,3}en otage)",
    ),
    (
        "habi trav adre sort retr",
        r"je sais ou (?:vous|tu|il|elle|ils) (?:<W>){0,1}(?:habite[sz]?|habitent|travaille[sz]?|"
        r"vis|vit)|"
        r"je connais (?:votre|son|leur) adresse|\bje (?:vous|l|les|vais (?:vous|l|les)) "
        r"(?:attends|attendrai|attendre) a la sortie|je (?:vous|les|te) retrouverai\b",
    ),
    ("bomb", r"(?:poser|pose|mettre) une bombe|j ai une bombe|ai pose une bombe"),
    (
        "viol mech agre rep reponds repo",
        r"je (?:vais|risque de) devenir (?:violente?|mechante?|agressi[fv]e?)|"
        r"ne (?:reponds|repondrai) plus de (?:moi|mes actes)",
    ),
)


def _rules(table: tuple[tuple[str, str], ...], danger: Danger | None) -> list[Rule]:
    rules = []
    for heads, pattern in table:
        for name, piece in _PIECES.items():
            pattern = pattern.replace(f"<{name}>", piece)
        begun = frozenset(head[:_HEAD] for head in heads.split())
        rules.append(Rule(begun, re.compile(rf"\b(?:{pattern})"), danger))
    return rules


RULES: tuple[Rule, ...] = (
    *_rules(_SUICIDE, Danger.SUICIDE),
    *_rules(_VIOLENCE, Danger.VIOLENCE),
    *_rules(_CHILD, Danger.CHILD),
    *_rules(_IMMEDIATE, Danger.IMMEDIATE),
    *_rules(_THREAT, None),
)


def dangers(reading: Reading) -> Iterator[Seen]:
    """Yield what speaks of distress or danger, each with its `Danger`, and what threatens."""
    heads = {word[:_HEAD] for word in reading.words}
    for rule in RULES:
        if not heads.isdisjoint(rule.heads):
            signal = Signal.THREAT if rule.danger is None else Signal.DISTRESS
            for match in rule.pattern.finditer(reading.spoken):
                yield reading.seen_spoken(signal, match, rule.danger)
