"""The words of threat: data of `dangers`, written as those of `distress_patterns`."""

from __future__ import annotations

PIECES = {
    "WE_WILL": "(?:(?:je|j|on|nous|ils?|quelqu un|tu) (?:vais|va|allons|veux|irai|pourrais|"
    "viendrai|vont|devrait|devrais|voudrais)|envie de|faut|faudrait|finir par|prete?s? a)",
    "WEAPON": "(?:fusil|arme|armes|couteau|hache|flingue|pistolet|kalachnikov|kalash|machette|"
    "batte|bidon|essence|bombe|barre de fer|cocktail)",
    "PLACE": "(?:prefecture|mairie|caf|caisse|cpam|agence|bureaux?|locaux|batiment|centre|"
    "tribunal|ecole|voitures?|consulat|guichet|services?|maisons?|administration|commissariat|"
    "boutique|france travail|pole emploi|impots)",
    "KILL": "(?:tuer|buter|crever|flinguer|massacrer|egorger|etrangler|defoncer|demolir|tabasser|"
    "frapper|fracasser|lyncher|fusiller|eclater|saigner|exterminer|bruler vifs|bruler vivants)",
    "FACE": "(?:casser|peter|exploser|defoncer|eclater|fracasser) la (?:gueule|figure|tete|"
    "tronche)",
}

THREAT = (
    (
        "fusi arme cout hach flin pist kala mach batt bido esse bomb barr cock",
        r"\b(?:je|j|on|nous|quelqu un) (?:vais|va|allons|viens|viendrai|viendra|reviendrai|"
        r"reviens|debarque|debarquerai|arrive|arriverai|passe|passerai|prendrai|sors|sortirai|"
        r"vous attends) (?:<8>)(?:avec |prendre |sortir |chercher |ramener |poser )"
        r"(?:un |une |mon |ma |le |des |la |de l ){0,1}<WEAPON>\b",
    ),
    (
        "feu brul cram cass pete saut expl",
        r"<WE_WILL> <3>(?:mettre le feu|foutre le feu|tout (?:bruler|cramer|casser|peter|"
        r"exploser|faire (?:sauter|exploser|peter|cramer|bruler)))|"
        r"\bje (?:casse|brule|crame|pete|fais (?:sauter|peter|cramer)) tout\b",
    ),
    (
        "brul ince cram saut expl cass",
        r"<WE_WILL> <3>(?:bruler|incendier|cramer|faire sauter|faire exploser|casser) "
        r"(?:toute? )?(?:la|le|les|votre|vos|cette|ce|l) <PLACE>\b|"
        r"qu ils (?:brulent|crevent) tous",
    ),
    (
        "tuer bute crev flin mass egor etra defo demo taba frap frac lync fusi ecla saig exte "
        "expl brul",
        r"<WE_WILL> <1>(?:(?:vous|les|le|la|te|l|tous|toutes|leur|lui) ){1,4}<KILL>\b|"
        r"<WE_WILL> <1><KILL> (?:quelqu un|(?:un|une|l|cet|cette|votre|vos) (?:agente?s?|homme|"
        r"femme|conseillere?)|tout le monde|tous|un d entre)\b|\bje (?:vous|te|les) (?:creve|bute|"
        r"tue|egorge|massacre|explose|defonce|demolis)\b(?! (?:a|au)\b)",
    ),
    (
        "gueu figu tete tron peau fusi ball",
        r"<WE_WILL> <2><FACE>\b|balle dans la tete\b|mettre une balle\b|"
        r"mon poing dans la (?:figure|gueule|tete)\b|(?:lui|leur|vous) faire la peau\b|"
        r"bon coup de fusil",
    ),
    (
        "paye paie regr",
        r"(?:allez|va|vont) (?:tous |toutes )?(?:me )?le payer(?= \.| (?:tres )?cher|$)|"
        r"vous (?:me )?le paierez|vous paierez(?= \.|$)|"
        r"(?:vous|te|leur|lui) (?:le )?faire payer\b(?! (?:la|le|les|des|du|un|une|\d))|"
        r"vous allez (?:tous |toutes )?payer(?= \.| cher| pour (?:ca|cela|ce que|tout)|$)|"
        r"vous allez (?:tous |toutes )?(?:le )?regretter|vous (?:le )?regretterez\b",
    ),
    (
        "mour crev souf egor mal mort",
        r"vous (?:allez|devez|meritez de) (?:tous |toutes )?(?:mourir|crever|souffrir)\b|"
        r"\bcrevez\b|vous finirez <1>(?:egorges?|mal|morts?)\b",
    ),
    (
        "veng repr comp perd saig atte",
        r"\bje (?:me vengerai|vais me venger)|\bj aurai ma vengeance|attendez vous a des "
        r"represailles|(?:regler|reglerai) (?:votre|leur|son|ton|vos|leurs) comptes?\b|"
        r"ne perdez rien pour attendre|ca va saigner",
    ),
    (
        "fini term sang mort dram carn mass otag",
        r"(?:va|risque de) (?:mal finir|finir mal|mal se terminer|se terminer mal)|"
        r"(?:finir|terminer) (?:dans le sang|en drame|par un drame)|bain de sang|"
        r"y (?:aura|avoir) (?:un|des) (?:morts?|drames?)\b|<WE_WILL> <2>"
        r"(?:faire un (?:carnage|massacre)|prendre <3>en otage)",
    ),
    (
        "habi trav vis vit adre sort retr",
        r"je sais ou (?:vous|tu|il|elle|ils) <1>(?:habite[sz]?|habitent|travaille[sz]?|vis|vit)|"
        r"je connais (?:votre|son|leur) adresse|\bje (?:vous|l|les|vais (?:vous|l|les)) "
        r"(?:attends|attendrai|attendre) a la sortie|je (?:vous|les|te) retrouverai\b|"
        r"faites attention <4>en sortant",
    ),
    ("bomb arme", r"j ai une arme et|(?:poser|pose|mettre) une bombe|j ai une bombe"),
    (
        "viol mech agre repo",
        r"je (?:vais|risque de) devenir (?:violente?|mechante?|agressi[fv]e?)|"
        r"ne (?:reponds|repondrai) plus de (?:moi|mes actes)",
    ),
)
