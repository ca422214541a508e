"""Words that end with a full stop without ending a sentence, in letters of the administration."""

from __future__ import annotations

from spplus_app.domain.text import fold


def words(told: str) -> frozenset[str]:
    """Return the words of a list, folded, as those of a document are compared with them."""
    return frozenset(fold(word) for word in told.split())


NEVER_LAST = words(
    """
    m mm mme mmes mlle mlles me mgr dr drs pr prof st ste sts stes vve
    art arts al ch chap sect tit vol fasc fig p pp n n° nos nn num par cf v op cit ibid id
    boul bd bld av ave pl imp allee resid bat esc appt apt c-a-d
    cass civ crim ref nref vref adr dest exp exped env ex approx
    """
)
"""Always followed by what they announce: « M. Le Guen », « art. L. 123-1 », « av. Foch »."""

SOMETIMES_LAST = words(
    """
    tel fax suiv sq sqq ss hab janv fevr fev avr juil sept oct nov dec min max moy
    inc ltd co corp sa sarl jr sr ap jc soc ass assoc dir dep dept depts reg com minist cie ets app
    """
)
"""End a sentence only where what follows begins as sentences do (`STARTERS`)."""

STARTERS = words(
    """
    le la les l un une des du de d ce cet cette ces il elle ils elles on nous vous je j tu
    mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs
    si en a au aux pour par dans sur sous avec sans selon suite veuillez merci cependant toutefois
    ainsi donc or mais car lorsque quand afin dès depuis pendant avant après conformément
    aucun aucune tout toute tous toutes cela ceci voici ci soit chaque quel quelle
    madame monsieur cordialement objet attention important pensez n ne pas c qu que qui et ou
    """
)
"""Words that sentences begin with: after an initial or « tél. », they say that one begins."""

LABELLED = words(
    """
    annexe batiment cadre cas case categorie classe colonne feuille groupe ligne liste lot modele
    niveau option page parcelle partie piece plan point porte rubrique tableau titre type zone
    """
)
"""What a letter may name: « cadre B. » ends a sentence, « J. Martin » does not."""
