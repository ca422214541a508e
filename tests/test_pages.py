"""What the site says of itself agrees with what it does, and says what it does not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from spplus_app import routes
from spplus_app.api import cookies
from spplus_app.components import ui
from spplus_app.pages import home, information, programme
from spplus_app.pages.information.cookies import KEPT_IN_BROWSER
from spplus_app.settings import settings

ROOT = Path(__file__).parent.parent
OFF_THE_MAP = {"/espace/moderation", "/espace/moderation/motifs", "/espace/reponses"} | {
    *("/espace/moderation/documents", "/espace/documents"),
    *("/partager/recit", "/partager/vous", "/partager/verification", "/partager/merci"),
    *("/partager/formulaire", "/suivi/donnees"),
    *("/mot-de-passe-oublie", "/nouveau-mot-de-passe"),
}
"""Pages one only reaches from another: later steps of a form, the work of those signed in."""

Chosen = Callable[..., None]


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Chosen]:
    """Choose settings for the pages that are built next; the others are left empty."""
    monkeypatch.setenv("SPPLUS_VAR", str(tmp_path))
    for name in ("OFFICIAL", "HOSTING", "PRIVACY_CONTACT", "PUBLICATION_DIRECTOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPERATOR_NAME", "OPERATOR_ADDRESS", "CONTACT_EMAIL", "CONTACT_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()

    def choose(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    yield choose
    settings.cache_clear()


def said(page: Callable[[], object]) -> str:
    """The page as the compiler would write it, no-break spaces as spaces."""
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), str(page()))
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_every_page_one_can_open_is_on_the_site_map() -> None:
    mapped = {href for entries in routes.site_map().values() for _, href, _ in entries}
    fixed = {route.path for route in routes.ROUTES if "[" not in route.path}
    assert mapped == fixed - OFF_THE_MAP
    assert set(routes.site_map()) == {one.section for one in routes.ROUTES if one.section}
    page = said(lambda: information.site_map(routes.site_map()))
    assert all(f'"{href}"' in page for href in mapped)


def test_the_foot_of_the_page_leads_to_pages_that_exist() -> None:
    paths = {route.path for route in routes.ROUTES}
    assert {href for _, href in ui.FOOTER_LINKS} <= paths
    assert "Accessibilité\u00a0: non conforme" in dict(ui.FOOTER_LINKS)


def test_each_page_has_a_description_of_its_own() -> None:
    described = [one.description for one in routes.ROUTES if one.section]
    assert len(described) == len(set(described))
    assert all(20 < len(text) <= 160 and text.endswith(".") for text in described)


def test_every_cookie_is_told_with_its_duration() -> None:
    page = said(information.cookies)
    kinds = [
        value
        for name, value in vars(cookies).items()
        if name.isupper() and isinstance(value, str) and value.startswith("spplus-")
    ]
    assert len(kinds) == 3 and "Trois cookies" in page
    assert all(f'"{kind}"' in page for kind in kinds)
    assert f"{cookies.VISITOR_DAYS} jours" in page
    assert f"{cookies.RESET_SECONDS // 60} minutes" in page
    assert "12 heures au plus, et 30 minutes sans rien faire" in page
    assert "__Host-" in page


def test_what_the_browser_keeps_is_told() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "assets").glob("*.js"))
    named = re.findall(r"Storage\.(?:setItem|getItem|removeItem)\(([^),]+)", scripts)
    constants = dict(re.findall(r'(?:var|const) (PREFIX|SHARED|UPLOAD) = "([^"]+)"', scripts))
    told = {name.rstrip("…") for name, _, _ in KEPT_IN_BROWSER}
    for one in named:
        name = one.strip('"').split(" +")[0]
        if name != "name":
            assert constants.get(name, name) in told, one
    assert "var KEPT = 7 * 24 * 3600 * 1000" in scripts
    assert "7 jours au plus" in said(information.cookies)


def test_pages_of_information_give_no_cookie() -> None:
    acting = routes.acting_paths()
    for route in routes.ROUTES:
        if route.section in {routes.UNDERSTAND, routes.ABOUT}:
            assert not route.path.startswith(acting), route.path


def test_what_is_not_filled_in_is_said(chosen: Chosen) -> None:
    legal = said(information.legal)
    assert legal.count("Non renseigné : l’organisme") == 4
    assert "n’est pas un site officiel" in legal
    assert "Aucune adresse n’est encore indiquée" in said(information.contact)
    assert "nom non renseigné" in said(information.privacy)
    assert "n’a pas encore indiqué d’adresse" in said(information.accessibility)


def test_what_the_operator_chose_is_shown(chosen: Chosen) -> None:
    chosen(
        OFFICIAL="1",
        OPERATOR_NAME="Ville de Clairbrume",
        OPERATOR_ADDRESS="1 place de la Mairie",
        PUBLICATION_DIRECTOR="Le maire",
        HOSTING="Hébergeur du Lac, 2 quai Neuf",
        CONTACT_EMAIL="contact@clairbrume.example",
        CONTACT_ADDRESS="Mairie, 30000 Clairbrume",
        PRIVACY_CONTACT="dpo@clairbrume.example",
    )
    legal = said(information.legal)
    assert "Non renseigné" not in legal and "site officiel" not in legal
    for text in ("Ville de Clairbrume", "1 place de la Mairie", "Le maire", "Hébergeur du Lac"):
        assert text in legal
    for page in (information.contact, information.accessibility, information.privacy):
        assert "mailto:contact@clairbrume.example" in said(page)
        assert "Mairie, 30000 Clairbrume" in said(page)
    assert "dpo@clairbrume.example" in said(information.privacy)


def test_the_accessibility_statement_has_its_mandatory_parts() -> None:
    page = said(information.accessibility)
    parts = (
        *("État de conformité", "Résultats des tests", "Contenus non accessibles"),
        *("Non-conformités", "Dérogations pour charge disproportionnée"),
        *("Établissement de cette déclaration", "Retour d’information et contact"),
        "Voies de recours",
    )
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
    assert "pas conforme" in page and "Aucun audit de conformité" in page
    for way in (
        "https://formulaire.defenseurdesdroits.fr",
        "https://www.defenseurdesdroits.fr/saisir/delegues",
        "Libre réponse 71120",
        "75342 Paris CEDEX 07",
    ):
        assert way in page


def test_sources_are_named() -> None:
    assert "NOR TFPT2322190A" in said(programme.programme_page)
    assert "NOR TFPT2118319A" in said(information.privacy)


def test_the_search_of_the_home_page_is_a_plain_form() -> None:
    page = said(home.home)
    assert 'method:"get"' in page and 'action:"/experiences"' in page
    assert '["name"] : "q"' in page or 'name:"q"' in page
