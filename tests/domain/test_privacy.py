"""Personal data found in texts of every register, and what is not personal left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spplus_app.domain.privacy import AGENT_WORD, WORDS, Finding, Kind, Role, find, masked

FOUND = {
    Kind.EMAIL: [
        "Écrivez-moi à ⟦lea.durand@orange.fr⟧ merci",
        "mon mail ⟦lea.durand @ orange.fr⟧.",
        "mail : ⟦ldurand arobase free.fr⟧",
        "⟦lea.durand[at]gmail.com⟧",
        "⟦lea point durand arobase orange point fr⟧",
        "l’agent ⟦jean.martin@interieur.gouv.fr⟧ m’a répondu",
    ],
    Kind.PHONE: [
        "Tél ⟦06 12 34 56 78⟧",
        "au ⟦06.12.34.56.78⟧.",
        "⟦0612345678⟧",
        "⟦+33 6 12 34 56 78⟧",
        "⟦+33(0)612345678⟧",
        "⟦0033 6 12 34 56 78⟧",
        "en Guadeloupe ⟦0590 12 34 56⟧",
        "à la Réunion ⟦+262 692 12 34 56⟧",
        "mon numéro ⟦06-12-34-56-78⟧",
        "en Belgique ⟦+32 470 12 34 56⟧",
    ],
    Kind.NIR: [
        "n° SS ⟦1 78 06 30 189 585⟧",
        "mon numéro de sécu ⟦255081416802538⟧",
        "⟦2 55 08 14 168 025 38⟧",
        "né en Corse, ⟦1 84 12 2A 004 003 55⟧",
    ],
    Kind.IBAN: [
        "Mon RIB : ⟦FR76 3000 6000 0112 3456 7890 189⟧",
        "virement sur ⟦FR7630006000011234567890189⟧ svp",
        "compte belge ⟦BE68 5390 0754 7034⟧ merci",
        "RIB ⟦30006 00001 12345678901 89⟧",
    ],
    Kind.TAX: [
        "Numéro fiscal : ⟦1459332727956⟧",
        "mon numéro fiscal est le ⟦12 34 567 891 234⟧",
        "n° de télédéclarant ⟦1234567⟧",
    ],
    Kind.FILE: [
        "numéro allocataire ⟦5290965A⟧",
        "dossier n° ⟦2742257905072⟧",
        "mon n° d’adhérent : ⟦123456⟧",
        "N° de dossier : ⟦2023-AB-12345⟧.",
        "réf dossier ⟦78/1234567⟧",
        "numéro de demande ⟦X0123456789⟧",
        "mon numéro étranger est ⟦7503123456⟧",
    ],
    Kind.PLATE: [
        "ma voiture ⟦AB-123-CD⟧",
        "pour ⟦AB 123 CD⟧",
        "le véhicule immatriculé ⟦ab123cd⟧",
        "ma voiture immatriculée ⟦1234 AB 75⟧",
    ],
    Kind.BIRTH: [
        "né le ⟦06-10-36⟧",
        "Je suis née le ⟦3 mars 1978⟧ à Lyon",
        "date de naissance : ⟦12/04/1990⟧",
        "née à Nîmes le ⟦1er août 1952⟧",
        "ddn ⟦01.02.2003⟧",
    ],
    Kind.ADDRESS: [
        "J’habite ⟦12, rue des Lilas, 30000 Nîmes⟧.",
        "j'habite au ⟦3 bis avenue du Général Leclerc 75014 PARIS⟧",
        "J’ai déménagé au ⟦chemin de Roussel, 24403 Sainte-Alvère⟧.",
        "domicilié ⟦54 rue de Blondel⟧",
        "mon adresse est ⟦7 impasse des Acacias 13008 Marseille⟧",
    ],
    Kind.PERSON: [
        "M. ⟦ABADIE Kaïna⟧ peut témoigner",
        "Mme ⟦Durand⟧ m’a reçue",
        "madame ⟦martin⟧ a refusé",
        "je m’appelle ⟦Léa Durand⟧ et",
        "Je suis ⟦Tasnim Berton⟧, j’attends",
        "Cordialement, ⟦Benet Kahina⟧",
        "Cordialement\n⟦Léa⟧",
        "mon mari ⟦Karim⟧ et moi",
        "merci à ⟦Sandrine⟧ pour sa patience",
        "j’ai vu ⟦Nathalie Lefebvre⟧ au guichet",
        "l’agent ⟦Philippe⟧ a été parfait",
        "Docteur ⟦Lemoine⟧",
    ],
}
CLEAN = [
    "J’habite à Lyon depuis 2019.",
    "Appelez le 3939 ou le 0 809 540 550.",
    "Le 0 800 12 34 56 est gratuit, le 08 92 70 12 39 ne l’est pas.",
    "La CAF du 4 rue de la Paix à Nîmes est fermée.",
    "Le centre des impôts, 12 avenue Jean Jaurès, n’ouvre plus.",
    "Rendez-vous le 12/03/2023 à 14 h 30.",
    "J’attends 1 250,50 € depuis le 3 mars 2024.",
    "Le décret n° 2018-727 et l’article L. 123-1.",
    "Cerfa n° 12100*02, formulaire 2042 RICI.",
    "Je suis Français et je suis Perdue.",
    "Monsieur le Maire et Madame la Préfète ont signé.",
    "Merci Emmanuel Macron.",
    "Le lycée Jean Moulin et l’hôpital Georges Pompidou.",
    "La rue Victor Hugo est barrée.",
    "Mr X a attendu, M. D. aussi.",
    "France Services, France Titres et France Travail m’ont aidée.",
    "Écrivez à contact@caf.fr ou mairie@nimes.fr.",
    "Merci Consulat de Sydney.",
    "Cordialement,",
    "Mon fils attend sa carte depuis avril.",
    "J’ai appelé 25 fois, 2 à 3 heures chaque fois.",
    "En 2023, dossier déposé le 12 mai 2023.",
    "La ligne 8 et le bus 42.",
    "UN SCANDALE ! JE NE COMPRENDS RIEN À VOS COURRIERS",
    "Bonjour Madame, Monsieur,",
    "Madame Monsieur bonjour",
]


def _marked(text: str) -> tuple[str, tuple[int, int]]:
    start, end = text.index("⟦"), text.index("⟧") - 1
    return text.replace("⟦", "").replace("⟧", ""), (start, end)


@pytest.mark.parametrize(
    ("kind", "marked"), [(kind, one) for kind, several in FOUND.items() for one in several]
)
def test_personal_data_is_found_to_the_letter(kind: Kind, marked: str) -> None:
    text, span = _marked(marked)
    assert [(one.kind, (one.start, one.end)) for one in find(text)] == [(kind, span)]


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_not_personal_is_left_alone(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Je m’appelle Léa Durand.", Role.AUTHOR),
        ("Cordialement, Léa Durand", Role.AUTHOR),
        ("Ma fille Léa attend.", Role.THIRD),
        ("La conseillère Nathalie Lefebvre m’a aidé.", Role.AGENT),
        ("Au guichet, Mme Lefebvre a refusé.", Role.AGENT),
        ("Mme Lefebvre peut témoigner.", Role.UNKNOWN),
    ],
)
def test_the_role_comes_from_the_words_around(text: str, role: Role) -> None:
    assert [one.role for one in find(text)] == [role]


def test_a_masked_text_reads_on() -> None:
    text = "Je suis Léa Durand, née le 3 mars 1978, mon numéro fiscal est 1459332727956."
    assert masked(text, find(text)) == (
        "Je suis [nom], née le [date de naissance], mon numéro fiscal est [numéro fiscal]."
    )


@pytest.mark.parametrize(
    "pseudonym",
    ["Léa Zorbakov", "Zorbakov Léa", "léa zorbakov", "Léa ZORBAKOV", "Jean-Pierre Zorbakov"],
)
def test_a_first_name_beside_a_surname_that_no_list_knows_is_somebody(pseudonym: str) -> None:
    assert [(one.kind, one.start, one.end) for one in find(pseudonym)] == [
        (Kind.PERSON, 0, len(pseudonym))
    ]


@pytest.mark.parametrize(
    "pseudonym",
    ["Léa", "Karim 93", "Rose Noire", "Petit Prince", "Usager Mécontent", "Maman Fatiguée"],
)
def test_a_pseudonym_that_names_nobody_is_left_alone(pseudonym: str) -> None:
    assert find(pseudonym) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Numéro fiscal 1850675116005", Kind.TAX),
        ("Numéro de sécurité sociale 1850675116005", Kind.NIR),
        ("On m’a fait répéter 1850675116005 trois fois", Kind.NIR),
        ("On m’a fait répéter 1 850 675 116 005 trois fois", Kind.TAX),
        ("Mon identifiant 0850675116005 est refusé", Kind.TAX),
        ("Dossier n° 4859675116005", Kind.FILE),
    ],
)
def test_thirteen_digits_are_what_words_then_groups_then_digits_tell(text: str, kind: Kind) -> None:
    assert [one.kind for one in find(text)] == [kind]


def test_a_context_mistyped_is_understood_and_offsets_stay_exact() -> None:
    text = "Mosnieur Le Goff, mon n° d’allocaaire est 5290965A, mreci à Inès Zorbakov"
    found = [text[one.start : one.end] for one in find(text)]
    assert found == ["Le Goff", "5290965A", "Inès Zorbakov"]


_PIECES = st.sampled_from(
    [one.replace("⟦", "").replace("⟧", "") for several in FOUND.values() for one in several]
    + CLEAN
    + [*WORDS.values(), AGENT_WORD, "merci à ", "Madame ", "Sophie", "Martin", "l’agent "]
    + ["Au guichet, Madame Sophie Martin", "accueilli par M. MARTIN Thomas", "merci à S. Martin"]
    + ["Mosnieur ", "mreci à ", "allocaaire 12345678", "İ", "Zorbakov", "léa zorbakov", "Da Silva"]
    + [" ", "\n", ", ", "né le ", "M. ", "n° ", "Cordialement ", "dossier ", "j’habite "]
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789 .-/+ABab@né le°rue", max_size=200),
    st.lists(_PIECES, max_size=8).map(" ".join),
)


@given(_TEXTS, st.booleans())
def test_any_text_is_read_and_its_findings_stand_in_it(text: str, praise: bool) -> None:
    at = 0
    for one in find(text, praise=praise):
        assert at <= one.start < one.end <= len(text)
        at = one.end


@given(_TEXTS, st.booleans())
def test_masking_twice_changes_nothing_more(text: str, praise: bool) -> None:
    once = masked(text, find(text, praise=praise))
    assert find(once, praise=praise) == []


@pytest.mark.parametrize(
    ("text", "praised", "otherwise"),
    [
        ("Merci à Madame Sophie Martin.", "Merci à Sophie.", "Merci à Madame [agent]."),
        ("Merci à Sophie !", "Merci à Sophie !", "Merci à [agent] !"),
        ("L’agent Philippe m’a aidée.", "L’agent Philippe m’a aidée.", "L’agent [nom] m’a aidée."),
        (
            "La conseillère Nathalie Lefebvre m’a reçu.",
            "La conseillère Nathalie m’a reçu.",
            "La conseillère [nom] m’a reçu.",
        ),
        ("Au guichet, Mme Lefebvre.", "Au guichet, Mme [agent].", "Au guichet, Mme [agent]."),
        ("Reçu par M. MARTIN Thomas.", "Reçu par Thomas.", "Reçu par M. [agent]."),
        ("Aidée par S. Martin, ravie", "Aidée par [agent], ravie", "Aidée par [agent], ravie"),
        ("Ma fille Léa Durand attend.", "Ma fille [nom] attend.", "Ma fille [nom] attend."),
    ],
)
def test_an_agent_is_thanked_by_a_first_name_and_told_by_the_job_otherwise(
    text: str, praised: str, otherwise: str
) -> None:
    assert masked(text, find(text, praise=True)) == praised
    assert masked(text, find(text)) == otherwise


def test_words_in_the_place_of_findings_are_never_found() -> None:
    for word in (*WORDS.values(), AGENT_WORD):
        for around in ("{}", "M. {}", "Je suis {} et", "n° de dossier {}", "j’habite {} 30000"):
            assert find(around.format(word)) == []


def test_a_finding_tells_why() -> None:
    (one,) = find("Tél 06 12 34 56 78")
    assert isinstance(one, Finding) and one.reason == "Cela ressemble à un numéro de téléphone."
