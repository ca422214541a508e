"""Facts `make_structures.py` works from: which body covers what, and where it sits."""

from __future__ import annotations

ABOUT = {
    "source": "Names formed from the departments of lexicons/departements.json (INSEE) and from "
    "the public organisation of each network; not the official referential",
    "licence": "EUPL-1.2; geography: Licence Ouverte 2.0",
    "date": "2026-11-24",
    "script": "scripts/make_structures.py",
}

NETWORKS: dict[str, tuple[str, str]] = {
    "interieur": ("Préfectures et sous-préfectures", "Ministère"),
    "cnaf": ("Allocations familiales", "Caisse nationale"),
    "cnam": ("Assurance maladie", "Caisse nationale"),
    "dgfip": ("Finances publiques", "Direction générale"),
    "cnsa": ("Autonomie et handicap", "Caisse nationale"),
    "urssaf-caisse-nationale": ("Urssaf", "Caisse nationale"),
    "france-travail": ("France Travail", "Direction générale"),
    "cnav": ("Assurance retraite", "Caisse nationale"),
    "education": ("Académies", "Ministère"),
}
"""Code of each national head → network, typology."""

HEADS: tuple[tuple[str, str, str, str, str], ...] = (
    ("interieur", "Ministère de l’Intérieur", "", "Paris", "75"),
    ("cnaf", "Caisse nationale des allocations familiales", "Cnaf", "Paris", "75"),
    ("cnam", "Caisse nationale de l’assurance maladie", "Cnam", "Paris", "75"),
    ("dgfip", "Direction générale des finances publiques", "DGFiP", "Paris", "75"),
    ("cnsa", "Caisse nationale de solidarité pour l’autonomie", "CNSA", "Paris", "75"),
    ("urssaf-caisse-nationale", "Urssaf Caisse nationale", "", "Montreuil", "93"),
    ("france-travail", "France Travail, direction générale", "", "Paris", "75"),
    ("cnav", "Caisse nationale d’assurance vieillesse", "Assurance retraite (Cnav)", "Paris", "75"),
    ("education", "Ministère de l’Éducation nationale", "", "Paris", "75"),
)

KINDS: dict[str, tuple[str, str]] = {
    "pref": ("interieur", "Préfecture"),
    "sous-pref": ("interieur", "Sous-préfecture"),
    "caf": ("cnaf", "Caisse d’allocations familiales"),
    "cpam": ("cnam", "Caisse primaire d’assurance maladie"),
    "cgss": ("cnam", "Caisse générale de sécurité sociale"),
    "ccss": ("cnam", "Caisse commune de sécurité sociale"),
    "cssm": ("cnam", "Caisse de sécurité sociale"),
    "ddfip": ("dgfip", "Direction départementale des finances publiques"),
    "drfip": ("dgfip", "Direction régionale des finances publiques"),
    "mdph": ("cnsa", "Maison départementale des personnes handicapées"),
    "urssaf": ("urssaf-caisse-nationale", "Urssaf régionale"),
    "ft": ("france-travail", "Direction régionale de France Travail"),
    "carsat": ("cnav", "Caisse d’assurance retraite et de la santé au travail"),
    "rectorat": ("education", "Rectorat"),
}
"""Kind (beginning of the codes) → national head, typology."""

SEATS: dict[tuple[str, str], str] = {
    ("", "95"): "Cergy",
    ("caf", "02"): "Saint-Quentin",
    ("caf", "07"): "Aubenas",
    ("caf", "19"): "Brive-la-Gaillarde",
    ("caf", "25"): "Montbéliard",
    ("caf", "39"): "Saint-Claude",
    ("caf", "50"): "Avranches",
    ("caf", "51"): "Reims",
    ("caf", "68"): "Mulhouse",
    ("cpam", "02"): "Saint-Quentin",
    ("cpam", "29"): "Brest",
    ("cpam", "51"): "Reims",
}
"""Seats elsewhere than the prefecture's town; the kind is empty where it holds for all."""

PREFECTURES: dict[str, str] = {
    "75": "Préfecture de la région d’Île-de-France, préfecture de Paris",
}
SHARED_FUND = frozenset({"48"})
"""Lozère: one joint fund pays family allowances and health insurance."""

HEALTH: dict[str, tuple[tuple[str, str, str], ...]] = {
    "59": (
        ("59-flandres", "des Flandres", "Dunkerque"),
        ("59-hainaut", "du Hainaut", "Valenciennes"),
        ("59-lille-douai", "de Lille-Douai", "Lille"),
        ("59-roubaix-tourcoing", "de Roubaix-Tourcoing", "Roubaix"),
    ),
    "62": (
        ("62-artois", "de l’Artois", "Arras"),
        ("62-cote-opale", "de la Côte d’Opale", "Calais"),
    ),
    "64": (
        ("64-bayonne", "de Bayonne", "Bayonne"),
        ("64-pau", "de Pau-Pyrénées", "Pau"),
    ),
    "76": (
        ("76-le-havre", "du Havre", "Le Havre"),
        ("76-rouen", "de Rouen-Elbeuf-Dieppe", "Rouen"),
    ),
}
"""Departments with several primary funds: end of the code, whose, town."""

_GENERAL = ("cgss", "Caisse générale de sécurité sociale", "CGSS")
GENERAL_FUND: dict[str, tuple[str, str, str]] = {
    "48": ("ccss", "Caisse commune de sécurité sociale", "CCSS"),
    "971": _GENERAL,
    "972": _GENERAL,
    "973": _GENERAL,
    "974": _GENERAL,
    "976": ("cssm", "Caisse de sécurité sociale", "CSSM"),
}
"""Departments without a primary fund: kind, name, short name."""

REGIONAL_FINANCES: dict[str, str] = {
    "13": "de Provence-Alpes-Côte d’Azur et du département des Bouches-du-Rhône",
    "21": "de Bourgogne-Franche-Comté et du département de la Côte-d’Or",
    "2A": "de Corse et du département de la Corse-du-Sud",
    "31": "d’Occitanie et du département de la Haute-Garonne",
    "33": "de Nouvelle-Aquitaine et du département de la Gironde",
    "35": "de Bretagne et du département d’Ille-et-Vilaine",
    "44": "des Pays de la Loire et du département de la Loire-Atlantique",
    "45": "du Centre-Val de Loire et du département du Loiret",
    "59": "des Hauts-de-France et du département du Nord",
    "67": "du Grand Est et du département du Bas-Rhin",
    "69": "d’Auvergne-Rhône-Alpes et du département du Rhône",
    "75": "d’Île-de-France et de Paris",
    "76": "de Normandie et du département de la Seine-Maritime",
    "971": "",
    "972": "",
    "973": "",
    "974": "",
    "976": "",
}
"""Departments whose public finances are the region's; empty: the region is the department."""

DISABILITY_SHARED = frozenset({"2A", "2B", "67", "68"})
DISABILITY_OTHERS: tuple[tuple[str, str, str, str], ...] = (
    (
        "corse",
        "Maison des personnes handicapées de la Collectivité de Corse",
        "MDPH de Corse",
        "2A",
    ),
    (
        "alsace",
        "Maison départementale des personnes handicapées d’Alsace",
        "MDPH d’Alsace",
        "67",
    ),
    (
        "metropole-lyon",
        "Maison départementale métropolitaine des personnes handicapées de Lyon",
        "MDMPH de la Métropole de Lyon",
        "69",
    ),
)
"""Houses that cover more or less than a department: end of the code, names, seat."""

_URSSAF: tuple[tuple[str, str, str], ...] = (
    ("Alsace", "67", "Schiltigheim"),
    ("Aquitaine", "33", ""),
    ("Auvergne", "63", ""),
    ("Bourgogne", "21", ""),
    ("Bretagne", "35", ""),
    ("Centre-Val de Loire", "45", "Olivet"),
    ("Champagne-Ardenne", "51", "Reims"),
    ("Corse", "2A", ""),
    ("Franche-Comté", "25", ""),
    ("Île-de-France", "93", "Montreuil"),
    ("Languedoc-Roussillon", "34", ""),
    ("Limousin", "87", ""),
    ("Lorraine", "57", ""),
    ("Midi-Pyrénées", "31", ""),
    ("Nord-Pas-de-Calais", "59", ""),
    ("Normandie", "76", ""),
    ("Pays de la Loire", "44", ""),
    ("Picardie", "80", ""),
    ("Poitou-Charentes", "86", ""),
    ("Provence-Alpes-Côte d’Azur", "13", ""),
    ("Rhône-Alpes", "69", "Vénissieux"),
)
_FRANCE_TRAVAIL: tuple[tuple[str, str, str], ...] = (
    ("Auvergne-Rhône-Alpes", "69", ""),
    ("Bourgogne-Franche-Comté", "21", ""),
    ("Bretagne", "35", ""),
    ("Centre-Val de Loire", "45", ""),
    ("Corse", "2A", ""),
    ("Grand Est", "67", ""),
    ("Guadeloupe", "971", ""),
    ("Guyane", "973", ""),
    ("Hauts-de-France", "59", ""),
    ("Île-de-France", "93", "Noisy-le-Grand"),
    ("La Réunion", "974", ""),
    ("Martinique", "972", ""),
    ("Mayotte", "976", ""),
    ("Normandie", "76", ""),
    ("Nouvelle-Aquitaine", "33", ""),
    ("Occitanie", "31", ""),
    ("Pays de la Loire", "44", ""),
    ("Provence-Alpes-Côte d’Azur", "13", ""),
)
_CARSAT: tuple[tuple[str, str, str], ...] = (
    ("Alsace-Moselle", "67", ""),
    ("Aquitaine", "33", ""),
    ("Auvergne", "63", ""),
    ("Bourgogne-Franche-Comté", "21", ""),
    ("Bretagne", "35", ""),
    ("Centre-Ouest", "87", ""),
    ("Centre-Val de Loire", "45", ""),
    ("Hauts-de-France", "59", "Villeneuve-d’Ascq"),
    ("Languedoc-Roussillon", "34", ""),
    ("Midi-Pyrénées", "31", ""),
    ("Nord-Est", "54", ""),
    ("Normandie", "76", ""),
    ("Pays de la Loire", "44", ""),
    ("Rhône-Alpes", "69", ""),
    ("Sud-Est", "13", ""),
)
_ACADEMIES: tuple[tuple[str, str, str], ...] = (
    ("d’Aix-Marseille", "13", "Aix-en-Provence"),
    ("d’Amiens", "80", ""),
    ("de Besançon", "25", ""),
    ("de Bordeaux", "33", ""),
    ("de Clermont-Ferrand", "63", ""),
    ("de Corse", "2A", ""),
    ("de Créteil", "94", ""),
    ("de Dijon", "21", ""),
    ("de Grenoble", "38", ""),
    ("de la Guadeloupe", "971", "Les Abymes"),
    ("de la Guyane", "973", ""),
    ("de la Martinique", "972", ""),
    ("de la Réunion", "974", ""),
    ("de Lille", "59", ""),
    ("de Limoges", "87", ""),
    ("de Lyon", "69", ""),
    ("de Mayotte", "976", ""),
    ("de Montpellier", "34", ""),
    ("de Nancy-Metz", "54", ""),
    ("de Nantes", "44", ""),
    ("de Nice", "06", ""),
    ("de Normandie", "14", ""),
    ("d’Orléans-Tours", "45", ""),
    ("de Paris", "75", ""),
    ("de Poitiers", "86", ""),
    ("de Reims", "51", "Reims"),
    ("de Rennes", "35", ""),
    ("de Strasbourg", "67", ""),
    ("de Toulouse", "31", ""),
    ("de Versailles", "78", ""),
)
REGIONAL: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("urssaf", "Urssaf", "", _URSSAF),
    ("ft", "France Travail", "", _FRANCE_TRAVAIL),
    (
        "carsat",
        "Caisse d’assurance retraite et de la santé au travail",
        "Carsat",
        _CARSAT,
    ),
    ("rectorat", "Rectorat de l’académie", "Académie", _ACADEMIES),
)
"""Kind, name and short name before the territory; territory, department and town of the seat."""
