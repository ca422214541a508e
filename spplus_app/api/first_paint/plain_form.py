"""Telling an experience without a script: one page of form, a last look, the receipt.

The same services and the same draft as the steps with scripts; what is typed is kept at each
button, right or wrong, and comes back on the page that follows.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import htpy as h
from sqlalchemy.orm import Session

from ...components import helping, ui, words
from ...domain import geography
from ...domain.abuse import PROOF
from ...domain.errors import NotFound
from ...domain.experiences import COMPLAINT_NOTICE
from ...domain.values import CHANNEL_FIELDS, TAG_FIELDS, PostedAs
from ...services import drafts, structures, visitor_copy
from ...services.views import ServiceView, TagView
from . import masking, pieces, shown
from .fields import Form, gesture, trap
from .paint import Ask, Paint

PAGE = "/partager/formulaire"
ACTION = "/api/partager"
CHECK, RECEIPT = f"{PAGE}?etape=verifier", f"{PAGE}?etape=recu"
WRONG = f"{PAGE}?erreurs=oui"
SEARCH_MAX = 100
LATER = "attente"
"""What the address says of a draft that must be sent once more; the draft says why."""
_ORDER = {name: place for place, name in enumerate((*words.QUESTIONS, *TAG_FIELDS.values()))}

REFUSALS: dict[str, str] = {
    "formulaire": "Ce formulaire est arrivé incomplet. Vérifiez ce qui suit, puis recommencez.",
    "cookies": "Votre navigateur refuse les cookies nécessaires. Acceptez-les pour écrire.",
    "service": "Choisissez un service dans la liste proposée, trois au plus.",
    "long": "Ce texte est beaucoup trop long pour être gardé. Revenez en arrière : votre "
    "navigateur l’a encore. Raccourcissez-le, puis recommencez.",
    "brouillon": "Ce brouillon a changé, ou il est déjà parti. Relisez-le avant d’envoyer.",
    "envoyee": "Cette expérience est déjà envoyée. Ce formulaire en commence une autre.",
    "mots": "Ces mots ne sont pas dans votre texte, ou sont déjà masqués. Recopiez-les tels quels.",
    "agent": "Vous êtes connecté comme agent de ce service : vous ne pouvez pas y déposer une "
    "expérience. Déconnectez-vous pour écrire en votre nom.",
}
"""Code in the address → what is said above the form."""


def form(session: Session, ask: Ask) -> Paint:
    """The form, the last look, or the receipt: what the address asks for."""
    step = ask.query.get("etape", "")
    if step == "recu":
        return _page(*_receipt(session, ask))
    if step == "verifier":
        if not drafts.data_of(session, ask.viewer)[0]:  # sent already, most often
            return Paint(status=303, location=RECEIPT, secret=True)
        if drafts.wrong(session, ask.viewer):
            return Paint(status=303, location=WRONG, secret=True)
        return _page(*_check(session, ask))
    return _page(*_questions(session, ask))


def _page(*children: h.Node) -> Paint:
    return Paint(body=h.fragment[children], secret=True)


def _refused(ask: Ask, later: str = "") -> h.Node:
    """Why nothing left; ``later`` are the words kept with the draft for what is sent again."""
    code = ask.query.get("refus", "")
    said = later if code == LATER else REFUSALS.get(code, "")
    return pieces.alert("error", said, role="alert") if said else None


def _questions(session: Session, ask: Ask) -> list[h.Node]:
    kept = visitor_copy.draft(session, ask.viewer)
    errors = drafts.wrong(session, ask.viewer) if ask.query.get("erreurs") else {}
    # Told in the order of the page; what is not in the list is about services, which come first.
    errors = dict(sorted(errors.items(), key=lambda one: _ORDER.get(one[0], -1)))
    made = Form(kept["fields"], errors)
    return [
        pieces.title(words.SHARE[0]),
        h.p(class_="fr-text--lead")[
            "Tout tient sur cette page. Ce que vous écrivez est gardé chaque fois que vous "
            "appuyez sur un bouton."
        ],
        _refused(ask),
        made.summary(),
        pieces.alert("info", "Avant de commencer", h.p[COMPLAINT_NOTICE]),
        h.form(action=ACTION, method="post", class_="form-column stack", novalidate=True)[
            h.input(type="hidden", name="uuid", value=kept["uuid"] or str(uuid4())),
            _services(session, ask, made),
            _story(made),
            _author(made),
            trap(),
            h.div(class_="fr-btns-group")[
                gesture("Relire avant d’envoyer", "verifier"),
                gesture("Effacer mon brouillon", "effacer", "tertiary"),
            ],
        ],
    ]


def _services(session: Session, ask: Ask, made: Form) -> h.Element:
    query = ask.query.get("q", "")[:SEARCH_MAX]
    chosen = drafts.chosen(session, ask.viewer)
    search = Form({"q": query})
    return h.section(id="services", class_="stack")[
        h.h2["Quel service ?"],
        made.message("service", "service"),
        search.line("q", *words.SEARCH, optional=False, type="search", autocomplete="off"),
        gesture("Chercher ce service", "chercher", "secondary"),
        _results(session, query) if query.strip() else None,
        (_chosen(one, made) for one in chosen),
        None if chosen else made.box("checkbox", "outside", ui.Option("oui", *words.OUTSIDE)),
    ]


def _results(session: Session, query: str) -> h.Node:
    found = structures.suggest(session, query)
    if not found:
        return h.p(role="status")[
            "Aucun service ne correspond. Essayez avec la ville, ou avec moins de mots."
        ]
    options = [
        ui.Option(one.code, f"{one.label} – {one.detail}" if one.detail else one.label)
        for one in found
    ]
    return [
        Form({}).radios("choix", "Services trouvés", options),
        gesture("Ajouter ce service", "choisir", "secondary"),
    ]


def _chosen(one: drafts.Chosen, made: Form) -> h.Element:
    return h.fieldset(class_="fr-fieldset panel chosen-service")[
        h.legend(class_="fr-fieldset__legend")[
            h.strong[one.label], h.span[f" – {one.detail}"] if one.detail else None
        ],
        h.p(class_="fr-hint-text")[words.MEANS],
        made.message(f"channels-{one.code}", f"channels-{one.code}"),
        (
            _channel(one.code, channel.value, suffix, made)
            for channel, suffix in CHANNEL_FIELDS.items()
        ),
        gesture(f"Retirer {one.label}", f"retirer-{one.code}", "tertiary", small=True),
    ]


def _channel(code: str, channel: str, suffix: str, made: Form) -> h.Element:
    felt = f"felt-{code}-{suffix}"
    faces = (made.box("radio", felt, option, f"{felt}-{option.icon}") for option in ui.RESSENTIS)
    look = "fr-fieldset fr-fieldset--inline ressentis ressentis--compact channel__felt"
    return h.div(class_="channel")[
        made.box("checkbox", f"use-{code}-{suffix}", ui.Option("oui", channel)),
        h.fieldset(class_=look)[
            h.legend(class_="fr-fieldset__legend")[
                f"Votre ressenti{pieces.NBSP}: ", h.span[channel]
            ],
            h.div(class_="fr-fieldset__content")[faces],
        ],
        made.message(felt, felt),
    ]


def _story(made: Form) -> h.Element:
    asked, inline = words.QUESTIONS, "fr-fieldset--inline ressentis"
    felt = (ui.Option("", "Sans avis"), *ui.RESSENTIS)
    told = any(made.value(name) or made.error(name) for name in TAG_FIELDS.values())
    return h.section(class_="stack")[
        h.h2["Que s’est-il passé ?"],
        made.radios("ressenti", asked["ressenti"][0], ui.RESSENTIS, inline),
        made.radios(
            "posted_as",
            asked["posted_as"][0],
            [ui.Option(one.value, one.value) for one in PostedAs],
        ),
        made.line("title", *asked["title"], optional=False, type="text"),
        made.text("narrative", *asked["narrative"]),
        h.details(class_="panel", open=told)[
            h.summary[words.FIVE_POINTS],
            h.div(class_="stack")[
                (
                    made.radios(name, tag.value, felt, f"{inline} ressentis--compact")
                    for tag, name in TAG_FIELDS.items()
                )
            ],
        ],
    ]


def _author(made: Form) -> h.Element:
    asked = words.QUESTIONS
    departments = [(one.code, f"{one.name} ({one.code})") for one in geography.departments()]
    countries = [(one.code, one.name) for one in geography.countries()]
    return h.section(class_="stack")[
        h.h2["Vous"],
        h.p["Tout est facultatif ici."],
        made.choice("department", *asked["department"], departments, words.NO_DEPARTMENT),
        made.choice("country", *asked["country"], countries, words.NO_COUNTRY),
        made.line("pseudonym", *asked["pseudonym"], type="text", autocomplete="nickname"),
        made.line("email", *asked["email"], type="email", autocomplete="email"),
    ]


def _check(session: Session, ask: Ask) -> list[h.Node]:
    seen = visitor_copy.preview(session, ask.viewer)
    uuid = visitor_copy.draft(session, ask.viewer)["uuid"]
    why, ticket = drafts.refusal(session, ask.viewer)
    return [
        pieces.title("Vérifiez"),
        _refused(ask, why),
        h.p["Relisez. Rien n’est encore envoyé."],
        helping.helped(seen["help"]),
        h.section(class_="stack")[
            h.h2["Ce que tout le monde verra"], _preview(seen), masking.section(seen)
        ],
        h.form(action=ACTION, method="post", class_="form-column stack")[
            h.input(type="hidden", name="uuid", value=uuid),
            h.input(type="hidden", name=PROOF, value=ticket) if ticket else None,
            trap(),
            h.p[words.AFTER_SENDING],
            h.div(class_="fr-btns-group")[
                gesture("Envoyer mon expérience", "envoyer"),
                pieces.link_button("Modifier", PAGE, "secondary"),
            ],
        ],
    ]


def _preview(seen: dict[str, Any]) -> h.Element:
    """The draft as it will read; see `<spplus-preview>` in `assets/forms.js`."""
    tags = [TagView(**tag) for tag in seen["tags"]]
    services = [
        ServiceView(
            name=one["name"],
            place=one["place"],
            channels=[TagView(**channel) for channel in one["channels"]],
        )
        for one in seen["services"]
    ]
    return h.article(class_="panel stack preview")[
        h.div(class_="meta")[pieces.ressenti(seen["ressenti"]), h.span[seen["posted_as"]]],
        h.h3(class_="preview__title")[masking.text(seen["title"], seen["masks"])],
        h.div(class_="prose measure stack")[
            (h.p[masking.text(part, seen["masks"])] for part in seen["paragraphs"])
        ],
        h.p(class_="soft")[shown.signed(seen["signature"], seen["place"])],
        h.ul(class_="pairs")[(shown.tag(tag) for tag in tags)] if tags else None,
        h.h4["Services concernés"],
        shown.services(services),
    ]


def _receipt(session: Session, ask: Ask) -> list[h.Node]:
    try:
        found = visitor_copy.receipt(session, ask.viewer)
    except NotFound as error:
        return [
            pieces.absent(words.SHARE[0], error.message, "Lire les expériences", "/experiences")
        ]
    return [
        pieces.title(words.SENT),
        pieces.alert("success", words.RECEIVED[0], h.p[words.RECEIVED[1]]),
        helping.helped(found["help"]),
        h.section(class_="stack")[
            h.h2[words.KEEP_THE_LINK[0]],
            h.p(id="lien-aide")[words.KEEP_THE_LINK[1]],
            h.p[h.a(href=found["path"], aria_describedby="lien-aide")[found["link"]]],
            h.figure(class_="receipt__code")[
                h.img(
                    src=found["qr"], alt="Code QR de votre lien de suivi", width="168", height="168"
                ),
                h.figcaption(class_="fr-hint-text")[
                    "Ou photographiez ce code avec votre téléphone."
                ],
            ],
            h.p[words.BY_MAIL_TOO if found["by_mail"] else words.NOT_BY_MAIL],
        ],
        h.p[pieces.link_button("Lire d’autres expériences", "/experiences", "tertiary")],
    ]
