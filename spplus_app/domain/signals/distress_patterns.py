"""The words of distress and danger: data of `dangers`, grouped by the help they call for.

Each line is: the beginnings of words (four letters at most) without one of which the pattern
cannot match; the pattern, over folded words one space apart. ``<3>`` is « at most three words »,
``<KIN>`` and the like are in `PIECES`. Nothing repeats within a repetition.
"""

from __future__ import annotations

PIECES = {
    "NO_PLACE": r"(?! (?:ici|chez|avec|dans|en|a|au|aux|ensemble|seule?|sans|ca|cela|sur)\b)",
    "KIN": "(?:mari|conjoint|compagnon|copain|ex|epoux|concubin|femme|compagne|conjointe|epouse|"
    "copine|concubine|pere|mere|frere|beau frere|fils)",
    "HIS": r"\b(?:mon|ma|son|sa|l|d|leur)(?: ancien(?:ne)?| futur)?(?: ex| beau| belle)? ",
    "CHILD": "(?:enfants?|bebes?|nourrissons?|mineure?s?|fils|filles?|gamine?s?|eleves?|petite? "
    "(?:frere|soeur))",
    "HIS_CHILD": "(?:(?:mon|ma|mes|son|sa|ses|leur|leurs|un|une|des|les|le|la|notre|nos|l|cet|"
    "cette|ce|petite?s?) ){1,2}<CHILD>",
    "HURT": "(?:(?:frapp|cogn|viol|violent|etrangl|sequestr|menac|gifl|agress|maltrait|harcel|"
    "enferm|tabass|brutalis|humili|insult|rabaiss|pouss)(?:e|es|ee|ees|ent|ait|eait|aient)|"
    "bat(?! [a-z]{1,4} [a-z]{0,4} ?records?)|"
    "battent|battait|harceler|tape|tapait|terrorise|casse (?:le|la|un|une|deux) (?:bras|nez|main|"
    "cote|dent|machoire))",
    "WAS_HURT": "(?:frappee?s?|battue?s?|cognee?s?|tapee?s?|violee?s?|violentee?s?|etranglee?s?|"
    "sequestree?s?|giflee?s?|maltraitee?s?|abusee?s?|tabassee?s?|agressee?s? sexuellement|"
    "brutalisee?s?)",
    "BE_HURT": "(?:frapper|battre|cogner|taper dessus|violer|violenter|etrangler|gifler|"
    "maltraiter|tabasser|agresser sexuellement)",
    "I_WILL": "(?:je (?:vais|veux|voudrais|voulais|pense|compte|finirai par|pourrais|prefere|"
    "songe a|risque de|suis prete? a|suis capable de|pense (?:<1>)a|songe (?:<1>)a)|(?:envie|idee|"
    "besoin|tente|essaye|essaie|failli|point|plus qu a|reste qu a)(?: de| d)?|vais finir par|"
    "veux plus que|peur de)",
}

SUICIDE = (
    (
        "suic",
        r"(?<!prevention du )(?<!taux de )(?<!aide au )(?<!assistance au )suicid(?:e|es|er|ee|ees|"
        r"aires?|erai|erais|ent|ant)\b(?! (?:assiste|collectif|politique|commercial|social))",
    ),
    (
        "jour vie",
        r"(?:mettre|mets|mettrai|mis|met|mettra) (?:fin|un terme) a (?:(?:mes|ses) jours|"
        r"(?:ma|sa) vie)|\b[ms] (?:oter|enlever) la vie",
    ),
    (
        "fini",
        r"(?:<I_WILL>|veut|parle d|de|doigts d) <1>en finir(?! (?:<4>avec (?!(?:la|ma|cette|"
        r"sa) vie|"
        r"tout\b)))"
        r"(?<!hate d en finir)|en finir avec (?:la|ma|sa|cette) vie",
    ),
    ("tuer", r"<I_WILL> <1>me tuer(?! (?:a|au|aux)\b)"),
    ("supp", r"<I_WILL> <1>me supprimer(?= \.|$)|\b(?:pense|songe) <1>a me supprimer"),
    (
        "pend flin tire jete jett fout fous ouvr mett tran immo",
        r"me pendre\b|me flinguer|me tirer une balle|me foutre en l air|me fous en l air|"
        r"me (?:jeter|jette|foutre|mettre) (?:sous (?:un|le) (?:train|metro|camion|bus|tram)|"
        r"par la fenetre|du (?:pont|balcon|toit|[0-9]{1,2}e etage)|d un pont|dans le vide)|"
        r"m ouvrir les veines|me trancher les veines|m immoler",
    ),
    (
        "tuer pend suic mour",
        r"(?:veut|voulait|menace de|parle de|pense a|envie de) "
        r"(?:se (?:tuer(?! (?:a|au)\b)|pendre|suicider)|mourir(?! d[e ]))",
    ),
    (
        "mour crev",
        r"(?:envie de|(?:je|j) (?:veux|voudrais|aimerais|prefere|prefererais)(?: juste|"
        r" seulement)?|me laisser|"
        r"plus qu a(?: me)?(?: laisser)?) (?:mourir|crever)"
        r"(?! (?:de (?:rire|faim|soif|froid|chaud|honte)|d ennui|chez|dignement|"
        r"dans|a la maison|en france|l)\b)",
    ),
    (
        "vivr vecu",
        r"(?:(?:plus|aucune|pas) (?:du tout )?(?:d )?envie|marre|fatiguee?|lassee?|"
        r"en ai assez) de (?:continuer a )?vivre<NO_PLACE>|"
        r"(?:veux|supporte|arrive|peux|envie) (?:plus|pas) (?:a |de )?vivre"
        r"(?= (?:\.|comme ca|ainsi|cette vie)|$)|"
        r"plus (?:la force|le courage|l envie|de raison|aucune raison) de (?:continuer a )?vivre"
        r"<NO_PLACE>|aucune raison de (?:continuer a )?vivre|a quoi bon vivre|"
        r"la peine d etre vecue|la peine de vivre",
    ),
    (
        "vie gout",
        r"\b[ml]a vie n a plus (?:de|aucun) sens|ma vie ne vaut (?:plus )?rien|"
        r"plus (?:le )?gout a (?:la vie|rien)|ne supporte plus la vie(?= \.|$)",
    ),
    ("disp", r"envie de disparaitre|je (?:veux|voudrais|prefere) disparaitre(?! de\b)"),
    (
        "idee pens adie",
        r"(?:idees|pensees) <1>(?:noires|sombres|morbides)|pense (?:<1>)a la mort|lettre d adieu",
    ),
    (
        "mort mour corp cord",
        r"trouverez mon corps|la corde est prete|la mort serait (?:une|ma|un) |autant mourir|"
        r"(?:issue|solution|choix) que la mort|ma mort sur la conscience|je serai(?:s)? morte?\b",
    ),
    (
        "mond reve revi cont endo",
        r"m endormir pour toujours|envie de continuer (?:cette|la|ma) vie|plus etre de ce monde|"
        r"(?:ne )?(?:plus|jamais) (?:me|se) reveiller",
    ),
    (
        "mieu plus arre",
        r"mieux sans moi\b|veux plus etre la(?= \.|$)|veux que tout s arrete|"
        r"si je n etais plus la\b|mieux que je ne sois plus la\b",
    ),
    (
        "beti conn irre acte",
        r"<I_WILL> <1>(?:faire une (?:grosse )?(?:betise|connerie)|passer a l acte)|"
        r"(?:commettre|faire) l irreparable",
    ),
    (
        "saut aval",
        r"<I_WILL> sauter (?:par la fenetre|d un pont|du (?:pont|toit|balcon)|dans le vide)|"
        r"(?:avaler|avale|pris) (?:tous? )?(?:mes|tous mes|tous les|une boite de) "
        r"(?:medicaments|cachets|comprimes|somniferes)(?= \.|$)",
    ),
    ("scar auto", r"(?:me|se) scarifi[a-z]{1,5}\b|auto ?mutil[a-z]{1,6}\b"),
)

VIOLENCE = (
    (
        "viol",
        r"violences? <2>(?:conjugales?|domestiques?|intra ?familiales?|sexistes?|"
        r"sexuelles?|au sein du couple)|victimes? de (?:violences?(?! (?:polic|scolaire|routi|"
        r"verbal))|viols?\b)|violences? de (?:la part de )?<HIS><KIN>\b|"
        r"<KIN> (?:(?:est|etait|tres|trop|devenu|devient|plus) ){0,3}violente?\b|"
        r"\b(?:homme|pere) violent\b|"
        r"\bviols?\b(?! (?:de|du|des) (?:mes|la|ma|mon|domicile|nos|donnees|secret|reglement|vie))",
    ),
    ("femm epou conj", r"(?:femmes?|epouses?|conjointes?) battues?\b"),
    (
        "frap bat batt cogn tape tapa viol etra sequ mena gifl agre malt harc enfe taba brut humi "
        "insu raba terr cass pous",
        r"<HIS><KIN> <3>(?:me|m|la|nous) <4>(?:<HURT>|<WAS_HURT>)\b",
    ),
    (
        "peur empr",
        r"peur de <HIS><KIN>\b(?! (?:perde|tombe|soit|ait|ne)\b)|"
        r"emprise d(?:e <HIS><KIN>| un homme)\b",
    ),
    (
        "main coup crai",
        r"leve (?:<1>)la main sur (?:moi|elle|nous)|"
        r"(?:mari|conjoint|compagnon|ex|concubin) <4>pour (?:coups|violences?)\b|"
        r"(?:coups|gifles) de <HIS><KIN>\b|(?:cause|sous) (?:des|les) coups\b|"
        r"crains <HIS><KIN>\b",
    ),
    (
        "frap bat batt cogn viol etra tape taba mena gifl agre harc insu",
        r"\b(?:il|elle) me (?:frappe|bat|cogne|viole|etrangle|tape(?: dessus)?|tabasse)\b|"
        r"(?:<KIN>|homme) qui (?:me|m|la|nous) <1><HURT>\b|violee? par <HIS><KIN>\b",
    ),
    (
        "frap batt cogn viol etra agre sequ gifl coup taba",
        r"\b(?:il|elle) m (?:a|avait) <2>(?:<WAS_HURT>|mise? une gifle|mise? des coups)\b|"
        r"(?:me suis faite?|je suis|j ai ete|ai ete|me fais|faite?) <1>(?:violee?|battue|"
        r"violentee?|etranglee?|agressee? sexuellement|violer|agresser sexuellement|tabassee?)\b",
    ),
    (
        "forc exci prot grav",
        r"mariages? forces?|\bexcis(?:ion|ee)\b|ordonnance de protection|"
        r"telephone grave danger",
    ),
)

CHILD = (
    (
        "dang malt batt viol seco frap cogn tape etra sequ gifl abus agre taba brut",
        r"(?:<CHILD>|neveux?|niece) (?:<4>en danger|<3>(?:est|sont|etait|etaient|ete|fait|font|"
        r"etre) "
        r"<2>(?:<WAS_HURT>|<BE_HURT>)|battue?s?|maltraitee?s?|violee?s?|abusee?s?|secouee?s?)\b",
    ),
    ("seul enfe", r"<CHILD> <4>(?:laissee?s? seule?s? (?:<1>)enfermee?s?|seule?s? enfermee?s?)\b"),
    (
        "malt",
        r"maltrait(?:ances?|e|es|ent|er) <3><CHILD>\b|maltraitances? infantiles?|"
        r"<CHILD> <3>maltraitances?\b",
    ),
    (
        "viol abus agre",
        r"violences? <3>(?:sur|contre|envers|aux|subies par) <2><CHILD>\b|"
        r"<CHILD> <2>(?:subit|subi|subissent|victimes?) <1>(?:des |de |d |une |un )"
        r"(?:violences?|viols?|abus|agressions?)\b",
    ),
    (
        "frap bat batt cogn viol seco gifl tape taba",
        r"\b(?:frappe|bat|battre|frapper|cogne|viole|secoue|gifle|tabasse|tape sur|battent|"
        r"frappent) <HIS_CHILD>\b",
    ),
    (
        "frap bat batt cogn viol etra sequ gifl agre malt enfe taba touc mena harc brut humi tape "
        "tapa insu raba terr cass pous",
        r"\b(?:mon|ma|mes)(?: beau| belle)? (?:pere|mere|parents|tonton|oncle|grand pere) "
        r"<2>(?:me|m|nous) <2>(?:<HURT>|<WAS_HURT>|touchee?|touche|enferment)\b",
    ),
    ("ince atto pedo", r"\bincestes?\b|attouchements?\b|pedophil(?:e|es|ie)\b"),
)

IMMEDIATE = (
    (
        "dang",
        r"je suis <2>en danger|(?:me sens|nous sommes|nous sentons) <1>en danger|"
        r"(?:ma|sa|notre|leur) vie (?:est|serait) <1>en danger|en danger de mort",
    ),
    (
        "peur crai deva",
        r"(?:arme|couteau|fusil) <4>devant (?:chez moi|ma porte)|(?:peur|crains) pour (?:ma|sa|"
        r"notre|leur) vie\b",
    ),
    (
        "mena",
        r"menac(?:e|es|ee|ees|ent|ait) (?:de mort|de (?:me|nous|la|le|les) tuer|"
        r"avec (?:un couteau|une arme|un fusil))",
    ),
    (
        "tuer",
        r"(?:veut|voulait|veulent|essaye de|essaie de|tente de|allait|allaient) "
        r"(?:me|nous|la|les) tuer\b(?! (?:a|au)\b)|"
        r"(?:\bil|<KIN>|voisin|homme) (?:va|vont) (?:finir par )?(?:me|nous|la|les) tuer\b",
    ),
    (
        "sequ gre",
        r"(?:suis|sommes|est) (?:enfermee? et )?sequestree?s?\b|"
        r"(?:enfermee?|retenue?|sequestree?)s? contre (?:mon|son|notre) gre\b",
    ),
)
