"""An experience as plain HTML: the markup of `components/experiences.py` and of its page."""

from __future__ import annotations

from collections.abc import Iterable

import htpy as h

from ...components import words
from ...components.html import icon
from ...services.views import (
    AnswerView,
    CardView,
    ExperienceView,
    ReplyView,
    RunView,
    ServiceView,
    TagView,
)
from . import gestures, pieces, reporting


def cards(rows: Iterable[CardView], heading: h.Element, look: str) -> h.Element:
    """A list of experiences; ``heading`` is the element of their titles."""
    return h.div(class_=look)[(_card(card, heading) for card in rows)]


def _card(card: CardView, heading: h.Element) -> h.Element:
    state = pieces.badge(card.state, "warning") if card.late else h.span[card.state]
    return h.article(class_="fr-card fr-enlarge-link")[
        h.div(class_="fr-card__body")[
            h.div(class_="fr-card__start meta")[
                pieces.ressenti(card.ressenti),
                h.span[card.services] if card.services else None,
                h.time(datetime=card.iso)[card.date],
            ],
            heading(class_="fr-card__title")[
                h.a(href=card.href)[marked(card.title_runs, card.title)]
            ],
            h.p(class_="fr-card__desc")[marked(card.excerpt_runs, card.excerpt)],
            h.div(class_="fr-card__end meta")[state if card.state else None],
        ]
    ]


def marked(runs: list[RunView], text: str) -> h.Node:
    """A text, the words that were looked for marked when there are some."""
    if not runs:
        return text
    return h.span(class_="marked")[(h.mark[run.text] if run.hit else run.text for run in runs)]


def nothing(searched: bool) -> h.Element:
    """Nothing was found, and what to try; or nothing is published yet."""
    if searched:
        see_all = pieces.link_button(words.SEE_ALL, words.LIST)
        return pieces.empty(*words.NOT_FOUND_HERE, see_all)
    return pieces.empty(*words.NO_CARDS, pieces.link_button(*words.SHARE))


def whole(view: ExperienceView) -> h.Element:
    """An experience, its replies, and the services met."""
    return h.div(class_="two-columns")[
        h.div(class_="stack stack--loose")[
            h.article(class_="stack")[about(view), pieces.title(view.title), told(view)],
            reporting.experience(view),
            h.section(id="reponses", class_="stack")[
                h.h2["Réponses"],
                [reply(one, mine=view.mine) for one in view.replies],
                [h.p(class_="fr-hint-text")[one] for one in view.hidden_replies],
                None if view.replies or view.hidden_replies else h.p[words.NO_REPLY],
            ],
            gestures.similar(view),
            gestures.share(view),
        ],
        h.aside(class_="panel stack")[
            h.h2["Services concernés"],
            services(view.services),
            h.hr,
            h.p[words.OTHERS],
            pieces.link_button(*words.SHARE, "secondary", small=True),
        ],
    ]


def close(rows: list[CardView]) -> h.Element | None:
    """Experiences that look like this one; nothing where none does."""
    if not rows:
        return None
    return h.section(class_="stack close")[h.h2[words.CLOSE], cards(rows, h.h3, "cards cards--row")]


def about(view: ExperienceView) -> h.Element:
    """The ressenti, the date, and who writes."""
    return h.div(class_="meta")[
        pieces.ressenti(view.ressenti),
        h.time(datetime=view.iso)[view.date],
        h.span[view.posted_as],
    ]


def signed(name: str, place: str) -> str:
    """Who signs, and from where."""
    if name:
        return f"{name}, {place}" if place else name
    return f"Une personne, {place}" if place else words.UNSIGNED


def told(view: ExperienceView) -> h.Element:
    """The text of an experience, its signature and its tags."""
    return h.div(class_="stack")[
        pieces.paragraphs(view.paragraphs),
        h.p(class_="soft")[signed(view.signature, view.place)],
        h.p(class_="fr-hint-text")[words.EDITED] if view.edited else None,
        h.ul(class_="pairs", aria_label=words.TAGS)[(tag(one) for one in view.tags)]
        if view.tags
        else None,
    ]


def tag(view: TagView) -> h.Element:
    """A general tag and its ressenti."""
    return h.li(class_="pair")[h.span[view.name], pieces.ressenti(view.ressenti)]


def services(views: list[ServiceView]) -> h.Element:
    """The structures met, how, and whether each replied."""
    if not views:
        return h.p[words.NO_SERVICE]
    return h.ul(class_="plain-list stack")[(_service(view) for view in views)]


def _service(view: ServiceView) -> h.Element:
    return h.li(class_="service stack--tight")[
        h.p[h.a(class_="strong", href=f"{words.LIST}?service={view.code}")[view.name]],
        h.p(class_="soft")[view.place] if view.place else None,
        h.ul(class_="plain-list stack--tight")[
            (
                h.li(class_="cluster")[
                    h.span[pair.name], pieces.ressenti(pair.ressenti) if pair.ressenti else None
                ]
                for pair in view.channels
            )
        ]
        if view.channels
        else None,
        h.p(class_="fr-hint-text")[view.state] if view.state else None,
    ]


def reply(view: ReplyView, *, mine: bool) -> h.Element:
    """A reply with the author's words back; no vote for the author, who rates it."""
    rated = {
        "utile": pieces.badge(words.USEFUL, "success"),
        "pas utile": pieces.badge(words.NOT_USEFUL),
    }
    return h.article(class_="reply")[
        h.p(class_="reply__kind")[icon("reply"), h.span["Réponse du service"]],
        h.p(class_="reply__who")[view.structure],
        h.p(class_="reply__when")[f"Le {view.date}, {view.took}" if view.took else view.date],
        h.div(class_="reply__body stack")[
            pieces.paragraphs(view.paragraphs),
            h.p[view.politeness, h.br, h.span[view.signature]]
            if view.politeness or view.signature
            else None,
            rated.get(view.rating),
            (_answer(answer) for answer in view.answers),
            gestures.vote(view, mine),
            reporting.reply(view),
        ],
    ]


def _answer(view: AnswerView) -> h.Element:
    return h.div(class_="answer")[
        h.p(class_="meta")[
            h.strong[words.ANSWERS],
            h.time(datetime=view.iso)[view.date],
            pieces.badge(view.status_name) if view.status != "published" else None,
        ],
        h.p(class_="prose")[view.text],
        reporting.answer(view),
    ]
