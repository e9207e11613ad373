"""What the screen is handed about case notes (notater), and what it hands back.

As `visitator.app.views`: frozen, and light to import.
"""

import msgspec

from visitator.app.views import DraftView, View

DRAFT = "word"
"""The kind of the draft in which the author's own words are kept."""

MOST = 500
"""So many notes are written in one go."""


class NoteKindView(View, frozen=True, kw_only=True):
    """A kind of note that has something to say of a pathway."""

    code: str
    label: str
    own: tuple[str, ...]
    """The codes of what its author writes in it: ``needs``, ``cause``, ``symptoms``, ``wishes``,
    ``decided``, ``follow_up``."""


class NoteOffer(View, frozen=True, kw_only=True):
    """What a note of a pathway can be, and what is filled in already."""

    pathway_id: str
    kinds: tuple[NoteKindView, ...]
    case_number: str
    """As of the last note of the pathway; empty when there was none."""
    author: str
    """Name and title of who would sign."""
    draft: DraftView | None


class NoteWish(View, frozen=True, kw_only=True):
    """The note that is wanted."""

    kind: str
    case_number: str = ""
    """Sagsnummer; the name of the file holds it."""
    purpose: str = ""
    """Formål: why the note leaves the program."""
    own: dict[str, str] = msgspec.field(default_factory=dict)
    """What the author writes, by the codes of `NoteKindView.own`."""
    with_cpr: bool = True
    is_signed: bool = False
    """Else it says that it is a draft (udkast)."""


class NotePreview(View, frozen=True, kw_only=True):
    """A note as it will look."""

    pages: tuple[bytes, ...]
    """The document itself: a PNG for each page; empty where it cannot be laid out."""
    html: str
    """The same words."""
    why_no_pages: str = ""
    """Danish."""


class NoteSaved(View, frozen=True, kw_only=True):
    """What came of saving a note."""

    name: str
    """Of the file."""
    folder: str
    is_there: bool = False
    """A file of that name lies there already; nothing was saved, and it was not touched."""


class NoteCandidate(View, frozen=True, kw_only=True):
    """A pathway that notes can be written of, for choosing many."""

    pathway_id: str
    name: str
    cpr_masked: str
    ward: str
    case_number: str
    kinds: tuple[str, ...]


class NoteJob(View, frozen=True, kw_only=True):
    """One note of many."""

    pathway_id: str
    case_number: str


class NoteProgress(View, frozen=True, kw_only=True):
    """One note of many is done."""

    pathway_id: str
    done: int
    total: int
    problem: str = ""
    """Danish: why it was not saved."""


class NotesSaved(View, frozen=True, kw_only=True):
    """What came of saving many notes."""

    saved: int
    problems: tuple[NoteProgress, ...]
    """Those that were not."""
    stopped: str = ""
    """Danish: why the rest was not tried."""
    is_cancelled: bool = False
