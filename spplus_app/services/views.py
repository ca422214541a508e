"""Small frozen values made for the screen: what a reader may see, dates already in words.

They travel whole to the browser: nothing private may stand in them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TagView:
    """A general tag and the ressenti given to it."""

    name: str
    ressenti: str


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A structure as told in an experience."""

    code: str = ""
    name: str = ""
    place: str = ""
    channels: list[TagView] = field(default_factory=list)
    state: str = ""
    replied: bool = False


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The author's word back to a reply."""

    id: int
    text: str
    status: str
    status_name: str
    date: str
    iso: str


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A published reply."""

    id: int
    structure: str
    paragraphs: list[str]
    politeness: str
    signature: str
    date: str
    iso: str
    took: str
    rating: str
    answers: list[AnswerView] = field(default_factory=list)
    may_answer: bool = False
    votes_told: str = ""
    my_vote: str = ""


@dataclass(frozen=True, slots=True)
class RunView:
    """A run of a text, and whether it is a word that was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class LookView:
    """Why a machine asks for a second look, and the passages that made it ask."""

    label: str
    why: str
    urgent: bool = False
    passages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CardView:
    """An experience in a list."""

    id: int
    href: str
    title: str
    excerpt: str
    ressenti: str
    services: str
    date: str
    iso: str
    state: str
    similar: int = 0
    late: bool = False
    kind: str = "experience"
    title_runs: list[RunView] = field(default_factory=list)
    excerpt_runs: list[RunView] = field(default_factory=list)
    looks: list[LookView] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ExperienceView:
    """A published experience, as everyone reads it."""

    id: int = 0
    href: str = ""
    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    ressenti: str = ""
    posted_as: str = ""
    signature: str = ""
    place: str = ""
    tags: list[TagView] = field(default_factory=list)
    services: list[ServiceView] = field(default_factory=list)
    outside: bool = False
    date: str = ""
    iso: str = ""
    edited: bool = False
    url: str = ""
    mail_href: str = ""
    similar_told: str = ""
    felt_similar: bool = False
    mine: bool = False
    replies: list[ReplyView] = field(default_factory=list)
    hidden_replies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing that happened, and when."""

    title: str
    detail: str
    date: str
    iso: str
    kind: str = "done"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What becomes of a reported text, for who wrote it; ``paragraphs`` is the text itself."""

    title: str
    text: str
    message: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    kind: str = "info"


@dataclass(frozen=True, slots=True)
class HelpView:
    """Numbers to call, who answers, and when."""

    numbers: list[str]
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PartView:
    """A run of a difference between two texts."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment as it reads today."""

    number: int
    wording: str


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family of commitments, those whose wording is known."""

    name: str
    commitments: list[CommitmentView]


@dataclass(frozen=True, slots=True)
class CommitmentsView:
    """The commitments that hold today; ``unknown`` says in sentences what is not known."""

    families: list[FamilyView] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    count: int = 0
    since: str = ""
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure in words: what it tells, its value, what it is made from."""

    label: str
    value: str
    note: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The figures of this site and when they were made; ``nothing`` when there is none to show."""

    figures: list[FigureView] = field(default_factory=list)
    computed: str = ""
    iso: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A part of the ledger of moderation: its title, what it is about, its figures."""

    title: str
    figures: list[FigureView] = field(default_factory=list)
    about: str = ""


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The ledger of moderation and when it was made; ``nothing`` when there is none to show."""

    parts: list[LedgerPart] = field(default_factory=list)
    computed: str = ""
    iso: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class ReportedView:
    """A published text that somebody is about to report; ``back`` is where it is read."""

    kind: str = ""
    id: int = 0
    kind_name: str = ""
    title: str = ""
    excerpt: str = ""
    back: str = ""
    in_document: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """A reported text, as moderation reads it."""

    kind: str
    id: int
    version: int
    kind_name: str
    title: str
    about: str
    href: str
    paragraphs: list[str]
    hidden: bool
    state: str
    date: str
    iso: str
    told: str
    reasons: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ident: str = ""
