"""The columns of the official export of experiences, and how their headings are known.

The present export has 77 columns named like `ecrit_le`. The older ones (46 columns) carry French
headings: « ID expérience », « Écrit le », « Intitulé Typologie 1 »… Some twenty of those are
known from public uses of the file, and each, folded, is the name of one of the 77: that is how
they are read. The whole list of the 46 is not publicly known here; `ALIASES` holds other ways to
say the same column, and a file that lacks a necessary one is refused with its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .imports import BrokenFile
from .text import fold
from .values import GeneralTag

SLOTS = (1, 2, 3)
"""The structures of an experience, as the columns number them."""

TAGS: dict[str, GeneralTag] = {
    "accessibilite": GeneralTag.ACCESSIBILITY,
    "information_explication": GeneralTag.INFORMATION,
    "relation": GeneralTag.RELATION,
    "reactivite": GeneralTag.REACTIVITY,
    "simplicite_complexite": GeneralTag.SIMPLICITY,
}
"""The column of each general tag."""

_SINGLE = """
action amelioration_de_service_a_considerer audio cle_de_tracking code_insee_departement_usager
code_insee_region_usager date_action_engagee date_action_realisee date_de_publication description
ecrit_le etat_experience experiences_similaires hors_structure id_experience
intitule_departement_usager intitule_region_usager pays poste_comme pseudonyme_usager
ressenti_usager statut_de_l_experience tags_metiers titre
"""
_NUMBERED = """
aide_ia_proposee_reponse_structure_{} canaux_typologie_{} code_postal_typologie_{}
evaluation_inutile_reponse_structure_{}_par_visiteurs evaluation_reponse_structure_{}_par_auteur
evaluation_utile_reponse_structure_{}_par_visiteurs id_structure_{} id_typologie_{}
intitule_structure_{} intitule_typologie_{} pays_typologie_{} reponse_structure_{}
statut_reponse_structure_{} taux_de_similarite_reponse_ia_structure_{} top_ia_structure_{}
vote_de_l_agent_reponse_ia_structure_{}
"""

COLUMNS: frozenset[str] = frozenset(
    [
        *_SINGLE.split(),
        *TAGS,
        *(name.format(slot) for name in _NUMBERED.split() for slot in SLOTS),
    ]
)
"""The 77 columns."""

NEEDED = ("id_experience", "ecrit_le", "titre", "description", "ressenti_usager")
"""Without one of these nothing can be imported; the others may be absent."""

_HEADINGS = {
    "id_experience": "ID expérience",
    "ecrit_le": "Écrit le",
    "titre": "Titre",
    "description": "Description",
    "ressenti_usager": "Ressenti usager",
}

ALIASES: dict[str, str] = {
    "identifiant_experience": "id_experience",
    "identifiant_de_l_experience": "id_experience",
    "id_de_l_experience": "id_experience",
    "date_d_ecriture": "ecrit_le",
    "date_de_l_experience": "ecrit_le",
    "titre_de_l_experience": "titre",
    "description_de_l_experience": "description",
    "ressenti": "ressenti_usager",
    "ressenti_de_l_usager": "ressenti_usager",
    "etat": "etat_experience",
    "etat_de_l_experience": "etat_experience",
    "statut": "statut_de_l_experience",
    "statut_experience": "statut_de_l_experience",
    "poste_en_tant_que": "poste_comme",
    "pseudonyme": "pseudonyme_usager",
    "pseudo_usager": "pseudonyme_usager",
    "departement_usager": "intitule_departement_usager",
    "departement": "intitule_departement_usager",
    "code_departement_usager": "code_insee_departement_usager",
    "code_insee_departement": "code_insee_departement_usager",
    "region_usager": "intitule_region_usager",
    "region": "intitule_region_usager",
    "code_insee_region": "code_insee_region_usager",
    "pays_usager": "pays",
    "demarches_saisies_par_usager": "tags_metiers",
    "tags_metier": "tags_metiers",
    "nombre_d_experiences_similaires": "experiences_similaires",
    "experience_similaire": "experiences_similaires",
    "cle_tracking": "cle_de_tracking",
    "information": "information_explication",
    "simplicite": "simplicite_complexite",
}
"""Other ways to head a column, folded; « typologie », « structure » and « canaux » follow rules."""

_SAID_OTHERWISE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:nom_|libelle_)?structure_([123])"), r"intitule_structure_\1"),
    (re.compile(r"(?:nom_|libelle_)?typologie_([123])"), r"intitule_typologie_\1"),
    (re.compile(r"cana(?:l|ux)_(?:structure_)?([123])"), r"canaux_typologie_\1"),
    (re.compile(r"code_postal_(?:structure_)?([123])"), r"code_postal_typologie_\1"),
    (re.compile(r"code_structure_([123])"), r"id_structure_\1"),
    (re.compile(r"reponse_([123])"), r"reponse_structure_\1"),
    (re.compile(r"statut_reponse_([123])"), r"statut_reponse_structure_\1"),
    (
        re.compile(r"evaluation_(?:de_la_)?reponse_([123])_par_(?:l_)?auteur"),
        r"evaluation_reponse_structure_\1_par_auteur",
    ),
)


def column_of(heading: str) -> str:
    """Return the column a heading names, ``""`` when none: case, accents and signs do not count."""
    name = "_".join(re.findall("[a-z0-9]+", fold(heading)))
    if name in COLUMNS:
        return name
    if name in ALIASES:
        return ALIASES[name]
    for pattern, column in _SAID_OTHERWISE:
        if pattern.fullmatch(name):
            return pattern.sub(column, name)
    return ""


def columns_of(headings: Sequence[str]) -> list[str]:
    """Return the column of each heading, ``""`` for those not read.

    Raises `BrokenFile` when a necessary column is missing, or when one stands twice.
    """
    found = [column_of(heading) for heading in headings]
    for heading, name in zip(headings, found, strict=True):
        if name and found.count(name) > 1:
            raise BrokenFile(f"La colonne « {heading.strip()} » est présente deux fois.")
    missing = [f"« {_HEADINGS[name]} »" for name in NEEDED if name not in found]
    if missing:
        told = ", ".join(missing)
        which = "la colonne" if len(missing) == 1 else "les colonnes"
        raise BrokenFile(f"Il manque {which} {told} : le fichier n’est pas importé.")
    return found
