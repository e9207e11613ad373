"""How things look: colours, type and space. No other module writes a size or a colour.

Colours come as `tokens()`, which follow the application's palette, so a widget that paints asks
for them while painting and needs to know of no change of theme. Everything else is the style sheet
built here, reached by the dynamic properties ``role``, ``kind``, ``tone`` and ``card``.
"""

import enum

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from visitator.app.files import resource_folder

STYLE = "Fusion"
"""The one of Qt's styles that looks the same everywhere, with our colours."""
SPACE = 4
"""Every distance is a multiple of it."""
RADIUS = 8
CHIP_RADIUS = 10
ICON = 16
RULE = 1
FOCUS_RING = 2
MARK = 3
"""Width of the stripe at a selected row."""
SCROLL_BAR = 10
TICK = 14
"""What is ticked, from side to side."""
DIALOG_WIDTH = 640
DOT = 10
"""A step of a course; also the room left of its words, doubled."""
BAR_WIDTH = 13
BAR_HEIGHT = 8
"""One of the four parts of the bar that shows a limitation."""
LINE_HEIGHT = 120
"""Of running text, in per cent of the font's own."""
WIDE_DIALOG = (960, 640)
"""Width and height of a dialog that shows a whole message."""
PREVIEW_DIALOG = (1200, 780)
"""Of one that shows a page of paper beside its fields; smaller where the screen is."""
FIELDS_WIDTH = 400
"""Of the fields beside such a page."""
CARD_GAP = 10
"""Between two cards of a page."""
COLUMN_CHARACTERS = 34
"""Narrower than this a column of running text is hard to read."""

NAVIGATION_WIDTH = 152
LIST_MIN_WIDTH = 280
LIST_WIDTH = 372
PLAN_MIN_WIDTH = 420
TRAINING_TWO_COLUMNS = 95
"""Letters across at which a rehabilitation plan has room beside its steps."""
PLAN_WIDTH = 720
SIDE_MIN_WIDTH = 216
SIDE_WIDTH = 224
FOLD_BELOW = 1250
"""Width of the window under which the pathway column is folded away."""
SEARCH_WIDTH = 400
CARD_WIDTH = 480
SMALLEST = (1100, 700)
USUAL = (1440, 900)

BASE_POINTS = 9.75
"""13 px at 100 %."""
BASE_PIXELS = 13
TITLE_POINTS = 13.5
BRAND_POINTS = 12.0
SECTION_POINTS = 10.5
SECONDARY_POINTS = 9.0

_SYSTEM_POINTS = {"windows": 9.0, "cocoa": 13.0, "offscreen": 9.0}
"""The size of the system's own text where nobody has asked for larger; elsewhere 11."""
_LARGEST = 2.0
_PREFERRED_ON_LINUX = ("Inter", "Noto Sans", "Cantarell")


class Tone(enum.Enum):
    """What a colour means; never shown without words."""

    NEUTRAL = "neutral"
    OVERDUE = "overdue"
    DUE = "due"
    """Due today; changed."""
    DONE = "done"
    WAITING = "waiting"
    """Waiting, information; also selection."""
    TREATED = "treated"
    """Treated and waiting (færdigbehandlet)."""


class Pair(msgspec.Struct, frozen=True):
    """A text colour and the weak ground it stands on."""

    text: str
    ground: str


class Tokens(msgspec.Struct, frozen=True, eq=False):
    """The colours of one theme (``#RRGGBB``)."""

    window: str
    surface: str
    border: str
    text: str
    muted: str
    primary: str
    on_primary: str
    hover: str
    shadow: str
    tones: dict[Tone, Pair]

    @property
    def selection(self) -> str:
        """The ground of what is chosen."""
        return self.tones[Tone.WAITING].ground


LIGHT = Tokens(
    window="#F4F6F8",
    surface="#FFFFFF",
    border="#DCE1E8",
    text="#18222F",
    muted="#56616F",
    primary="#0B5A7A",
    on_primary="#FFFFFF",
    hover="#EDF1F5",
    shadow="#18222F",
    tones={
        Tone.NEUTRAL: Pair("#56616F", "#EBEEF3"),
        Tone.OVERDUE: Pair("#B3261E", "#FBE9E7"),
        Tone.DUE: Pair("#7A4F00", "#FFF2D3"),
        Tone.DONE: Pair("#1C6638", "#E2F3E7"),
        Tone.WAITING: Pair("#0B5A7A", "#E3EFF4"),
        Tone.TREATED: Pair("#5B3B8C", "#EEE8F7"),
    },
)

DARK = Tokens(
    window="#14191F",
    surface="#1C232B",
    border="#323C47",
    text="#E8ECF1",
    muted="#A5B0BD",
    primary="#6BB7D6",
    on_primary="#14191F",
    hover="#232C35",
    shadow="#000000",
    tones={
        Tone.NEUTRAL: Pair("#A5B0BD", "#2A333D"),
        Tone.OVERDUE: Pair("#FF9A91", "#43201D"),
        Tone.DUE: Pair("#F2C46B", "#3B2F14"),
        Tone.DONE: Pair("#86D3A0", "#173323"),
        Tone.WAITING: Pair("#6BB7D6", "#173542"),
        Tone.TREATED: Pair("#C6ADEB", "#2E2440"),
    },
)


READABLE = 4.5
"""The least contrast between a word and its ground (WCAG 2.1 AA)."""
_WEAK = 0.14
"""How far a weak ground is from the ground to the text, in high contrast."""


class Choice(enum.Enum):
    """Which theme a user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_worn = LIGHT


def tokens() -> Tokens:
    """The colours that hold now."""
    return _worn


def tone(which: Tone) -> Pair:
    """The colours of a tone that hold now."""
    return tokens().tones[which]


def colour(text: str, alpha: float = 1.0) -> QColor:
    """A colour to paint with; `alpha` 0-1."""
    made = QColor(text)
    made.setAlphaF(alpha)
    return made


def apply(app: QApplication, choice: Choice) -> None:
    """Dress the application, drawn in `STYLE`; widgets on screen follow at once."""
    global _worn  # noqa: PLW0603 - there is one application, and it wears one theme
    if wants_contrast(app):
        _worn = _contrasting(system_palette(app))
    else:
        _worn = DARK if _is_dark(app, choice) else LIGHT
    app.setFont(base_font())
    app.setPalette(_palette(_worn))
    app.setStyleSheet(style_sheet(_worn))


def _is_dark(app: QApplication, choice: Choice) -> bool:
    if choice is Choice.SYSTEM:
        return app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return choice is Choice.DARK


# --- high contrast ------------------------------------------------------------------------------


def wants_contrast(app: QApplication) -> bool:
    """Whether the system's user has asked for high contrast (stor kontrast)."""
    hints = app.styleHints()  # a name of its own: PySide forgets the inner one with the outer
    wanted = hints.accessibility().contrastPreference()
    return wanted is Qt.ContrastPreference.HighContrast


def system_palette(app: QApplication) -> QPalette:
    """The colours of the system itself."""
    app.setPalette(QPalette())
    return app.palette()


def _contrasting(palette: QPalette) -> Tokens:
    """A theme of the user's own colours: every line and every word in that of text."""
    role = QPalette.ColorRole
    ground, text = palette.color(role.Base), palette.color(role.Text)
    chosen, on_chosen = palette.color(role.Highlight), palette.color(role.HighlightedText)
    if contrast(chosen.name(), ground.name()) < READABLE:
        # Links and buttons are drawn in it, too.
        chosen, on_chosen = text, ground
    # A ground that is to be told from the others must not take the text's contrast from it.
    weak = _between(ground, text, _WEAK)
    return Tokens(
        window=palette.color(role.Window).name(),
        surface=ground.name(),
        border=text.name(),
        text=text.name(),
        muted=text.name(),
        primary=chosen.name(),
        on_primary=on_chosen.name(),
        hover=weak.name(),
        shadow=text.name(),
        tones={tone: Pair(text.name(), weak.name()) for tone in Tone},
    )


def contrast(one: str, other: str) -> float:
    """Between two colours (``#RRGGBB``), 1-21 as WCAG 2.1 defines it."""
    light, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(text: str) -> float:
    made = QColor(text)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (made.redF(), made.greenF(), made.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(one: QColor, other: QColor, part: float) -> QColor:
    """The colour `part` (0-1) of the way from one to the other."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * part,
        one.greenF() + (other.greenF() - one.greenF()) * part,
        one.blueF() + (other.blueF() - one.blueF()) * part,
    )


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, value in {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.window,
        role.Text: t.text,
        role.Button: t.surface,
        role.ButtonText: t.text,
        role.BrightText: t.text,
        role.ToolTipBase: t.surface,
        role.ToolTipText: t.text,
        role.PlaceholderText: t.muted,
        role.Highlight: t.primary,
        role.HighlightedText: t.on_primary,
        role.Link: t.primary,
        role.LinkVisited: t.primary,
        role.Light: t.surface,
        role.Midlight: t.hover,
        role.Mid: t.border,
        role.Dark: t.border,
        role.Shadow: t.shadow,
        role.Accent: t.primary,
    }.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.muted))
    return palette


# --- type ---------------------------------------------------------------------------------------


def base_font() -> QFont:
    """The system's own UI font at the base size, with figures of equal width."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if QGuiApplication.platformName() in ("xcb", "wayland", "offscreen"):
        installed = set(QFontDatabase.families())
        wanted = next((name for name in _PREFERRED_ON_LINUX if name in installed), None)
        if wanted is not None:
            font = QFont(wanted)
    return _sized(font, BASE_POINTS * _enlarged())


def _enlarged() -> float:
    """How much larger than usual the system's user wants text (større tekst), 1-2."""
    usual = _SYSTEM_POINTS.get(QGuiApplication.platformName(), 11.0)
    return min(max(1.0, system_points() / usual), _LARGEST)


def system_points() -> float:
    """The size of the system's own text."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()


def points(size: float) -> float:
    """A size of this module as it is shown: larger where the system's text is."""
    return size * QApplication.font().pointSizeF() / BASE_POINTS


def wide(width: int) -> int:
    """Room for words that takes `width` (px) where text has its usual size."""
    return round(width * max(1.0, QFontInfo(QApplication.font()).pixelSize() / BASE_PIXELS))


def _sized(font: QFont, points: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    made = QFont(font)
    made.setPointSizeF(points)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def font(size: float = BASE_POINTS, *, strong: bool = False, struck: bool = False) -> QFont:
    """The application's font in another size (as here, in points) or weight, to paint with."""
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    made = _sized(QApplication.font(), points(size), weight)
    made.setStrikeOut(struck)
    return made


def fixed_font() -> QFont:
    """The system's font of equal width, for an original message."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPointSizeF(points(SECONDARY_POINTS))
    return made


def paper_font(size: float = BRAND_POINTS, *, strong: bool = False, fixed: bool = False) -> QFont:
    """A font to print with, in points of the paper; larger text on screen does not change it."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if fixed else base_font()
    return _sized(made, size, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)


# --- the style sheet ----------------------------------------------------------------------------


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property the style sheet looks at, and dress the widget again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(t: Tokens) -> str:
    """The style sheet of one theme."""
    return "\n".join((_basics(t), _text(t), _buttons(t), _fields(t), _parts(t), _tones(t)))


def document_style(t: Tokens) -> str:
    """How a case note looks that is shown, or printed, without Word."""
    waiting, due = t.tones[Tone.WAITING], t.tones[Tone.DUE]
    return f"""
    body, p, td, th {{ color: {t.text}; }}
    h1 {{ font-size: {TITLE_POINTS}pt; margin: 0 0 {SPACE * 2}px 0; }}
    h2 {{ font-size: {BRAND_POINTS}pt; margin: {SPACE * 4}px 0 {SPACE}px 0; }}
    h3 {{ font-size: {SECTION_POINTS}pt; margin: {SPACE * 2}px 0 {SPACE // 2}px 0; }}
    p {{ margin: 0 0 {SPACE // 2}px 0; white-space: pre-wrap; }}
    .draft {{ color: {due.text}; background: {due.ground}; font-weight: 600; }}
    .source, .foot {{ color: {t.muted}; font-size: {SECONDARY_POINTS}pt; }}
    .quote, .fixed {{ background: {waiting.ground}; margin-left: {SPACE * 3}px; }}
    .fixed {{ font-family: monospace; }}
    table {{ border-collapse: collapse; border-color: {t.border}; border-style: solid;
        margin: {SPACE}px 0; }}
    """


def _basics(t: Tokens) -> str:
    return f"""
    QMainWindow {{ background: {t.window}; }}
    QDialog {{ background: {t.surface}; }}
    QToolTip {{ color: {t.text}; background: {t.surface}; border: {RULE}px solid {t.border};
        padding: {SPACE}px; }}
    QSplitter::handle {{ background: {t.border}; }}
    QScrollArea, QAbstractScrollArea {{ border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {SCROLL_BAR}px; margin: 0; }}
    QScrollBar::handle {{ background: {t.border}; border-radius: {SPACE}px; margin: 1px;
        min-height: {SPACE * 8}px; min-width: {SPACE * 8}px; }}
    QScrollBar::handle:disabled {{ background: transparent; }}
    QScrollBar::handle:hover {{ background: {t.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {t.surface}; border: {RULE}px solid {t.border}; padding: {SPACE}px; }}
    QMenu::item {{ padding: {SPACE}px {SPACE * 6}px {SPACE}px {SPACE * 3}px;
        border-radius: {SPACE}px; }}
    QMenu::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QMenu::item:disabled {{ color: {t.muted}; }}
    QMenu::separator {{ height: {RULE}px; background: {t.border}; margin: {SPACE}px; }}
    """


def _text(t: Tokens) -> str:
    return f"""
    QLabel:focus {{ background: {t.selection}; border-radius: {SPACE}px; }}
    *[role="title"] {{ font-size: {points(TITLE_POINTS)}pt; font-weight: 600; }}
    *[role="brand"] {{ font-size: {points(BRAND_POINTS)}pt; font-weight: 600; }}
    *[role="section"] {{ font-size: {points(SECTION_POINTS)}pt; font-weight: 600; }}
    *[role="strong"] {{ font-weight: 600; }}
    *[role="muted"] {{ color: {t.muted}; }}
    *[role="secondary"] {{ font-size: {points(SECONDARY_POINTS)}pt; color: {t.muted}; }}
    *[role="secondary-strong"] {{ font-size: {points(SECONDARY_POINTS)}pt; color: {t.muted};
        font-weight: 600; }}
    """


def _buttons(t: Tokens) -> str:
    return f"""
    QPushButton {{ background: {t.surface}; color: {t.text}; border: {RULE}px solid {t.border};
        border-radius: {RADIUS - 2}px; padding: {SPACE + 2}px {SPACE * 3}px; font-weight: 600; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed {{ background: {t.selection}; }}
    QPushButton:disabled {{ color: {t.muted}; background: {t.window}; }}
    QPushButton:focus, QToolButton:focus {{ border: {FOCUS_RING}px solid {t.primary};
        padding: {SPACE + 1}px {SPACE * 3 - 1}px; }}
    QPushButton[kind="primary"] {{ background: {t.primary}; color: {t.on_primary};
        border-color: {t.primary}; }}
    QPushButton[kind="primary"]:focus {{ border-color: {t.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {t.border}; color: {t.muted};
        border-color: {t.border}; }}
    QPushButton[kind="small"] {{ font-size: {points(SECONDARY_POINTS)}pt; padding: {SPACE // 2}px
        {SPACE * 2}px; }}
    QPushButton[kind="small"]:focus {{ padding: {SPACE // 2 - 1}px {SPACE * 2 - 1}px; }}
    QPushButton[kind="link"] {{ background: transparent; color: {t.primary}; font-weight: 400;
        border: {FOCUS_RING}px solid transparent; border-radius: {SPACE}px; padding: 0 {SPACE}px;
        text-align: left; }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="link"]:focus {{ border-color: {t.primary}; }}
    QPushButton[kind="chip"] {{ border-radius: {CHIP_RADIUS + 2}px; font-weight: 400;
        padding: {SPACE}px {SPACE * 3}px; }}
    QPushButton[kind="chip"]:focus {{ padding: {SPACE - 1}px {SPACE * 3 - 1}px; }}
    QPushButton[kind="chip"]:checked {{ background: {t.selection}; color: {t.primary};
        border-color: {t.primary}; }}
    QPushButton[kind="segment"] {{ border-radius: 0; font-weight: 400; padding: 0;
        font-size: {SECONDARY_POINTS}pt; margin-left: -{RULE}px; }}
    QPushButton[kind="segment"][first="true"] {{ margin-left: 0; }}
    QPushButton[kind="segment"]:focus {{ padding: 0; }}
    QPushButton[kind="segment"]:checked {{ font-weight: 600; }}
    QToolButton {{ background: transparent; border: {FOCUS_RING}px solid transparent;
        border-radius: {RADIUS - 2}px; padding: {SPACE}px {SPACE * 2}px; color: {t.text}; }}
    QToolButton:hover {{ background: {t.hover}; }}
    QToolButton:focus {{ border-color: {t.primary}; padding: {SPACE}px {SPACE * 2}px; }}
    QToolButton:checked {{ background: {t.selection}; color: {t.primary}; }}
    QToolButton::menu-indicator {{ image: none; }}
    """


def _is_light(text: str) -> bool:
    return QColor(text).lightness() > 127


def _drawn(name: str) -> str:
    """Where the style sheet finds a drawing: in a grey that can be seen in both themes."""
    return (resource_folder("style") / f"{name}.svg").as_posix()


def _fields(t: Tokens) -> str:
    return f"""
    QLineEdit, QPlainTextEdit[kind="field"], QTextEdit[kind="field"], QComboBox, QSpinBox,
    QDateEdit, QTimeEdit, QDateTimeEdit {{ background: {t.surface}; color: {t.text};
        border: {RULE}px solid {t.border}; border-radius: {RADIUS - 2}px;
        padding: {SPACE + 1}px {SPACE * 2}px; selection-background-color: {t.primary};
        selection-color: {t.on_primary}; placeholder-text-color: {t.muted}; }}
    QLineEdit:focus, QPlainTextEdit[kind="field"]:focus, QTextEdit[kind="field"]:focus,
    QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus {{
        border: {FOCUS_RING}px solid {t.primary}; padding: {SPACE}px {SPACE * 2 - 1}px; }}
    QComboBox::drop-down, QDateTimeEdit::drop-down, QDateEdit::drop-down {{ border: none;
        width: {SPACE * 6}px; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {SPACE * 6}px; }}
    QComboBox::down-arrow, QDateTimeEdit::down-arrow, QDateEdit::down-arrow,
    QTimeEdit::down-arrow, QSpinBox::down-arrow {{ image: url("{_drawn("down")}");
        width: {SPACE * 3}px; height: {SPACE * 3}px; }}
    QTimeEdit::up-arrow, QSpinBox::up-arrow {{ image: url("{_drawn("up")}");
        width: {SPACE * 3}px; height: {SPACE * 3}px; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {TICK}px; height: {TICK}px;
        border: {RULE}px solid {t.muted}; background: {t.surface}; }}
    QCheckBox::indicator {{ border-radius: {SPACE - 1}px; }}
    QRadioButton::indicator {{ border-radius: {TICK // 2 + RULE}px; }}
    QCheckBox::indicator:checked {{ background: {t.primary}; border-color: {t.primary};
        image: url("{_drawn("check-light" if _is_light(t.on_primary) else "check-dark")}"); }}
    QRadioButton::indicator:checked {{ width: {TICK - 2 * SPACE + 2 * RULE}px;
        height: {TICK - 2 * SPACE + 2 * RULE}px; border: {SPACE}px solid {t.primary}; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {t.primary}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {t.border}; }}
    QCheckBox, QRadioButton {{ spacing: {SPACE * 2}px; border: {FOCUS_RING}px solid transparent;
        border-radius: {SPACE}px; padding: {SPACE // 2}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {t.primary}; }}
    QTimeEdit::up-button, QTimeEdit::down-button {{ border: none; width: {SPACE * 6}px; }}
    QListWidget {{ background: {t.surface}; border: {RULE}px solid {t.border};
        border-radius: {RADIUS - 2}px; padding: {SPACE}px; }}
    QListWidget:focus {{ border: {FOCUS_RING}px solid {t.primary}; padding: {SPACE - 1}px; }}
    QListWidget::item {{ padding: {SPACE + 2}px {SPACE * 2}px; border-radius: {SPACE}px;
        color: {t.text}; }}
    QListWidget::item:selected {{ background: {t.selection}; color: {t.primary}; }}
    QTableWidget {{ background: {t.surface}; border: {RULE}px solid {t.border};
        border-radius: {RADIUS - 2}px; gridline-color: {t.border}; }}
    QTableWidget:focus {{ border: {FOCUS_RING}px solid {t.primary}; }}
    QTableWidget::item {{ color: {t.text}; padding: {SPACE}px {SPACE * 2}px; }}
    QTableWidget::item:selected {{ background: {t.selection}; color: {t.text}; }}
    QTableWidget::indicator {{ width: {TICK}px; height: {TICK}px; border: {RULE}px solid {t.muted};
        border-radius: {SPACE - 1}px; background: {t.surface}; }}
    QTableWidget::indicator:checked {{ background: {t.primary}; border-color: {t.primary};
        image: url("{_drawn("check-dark" if t is DARK else "check-light")}"); }}
    QTableWidget QLineEdit {{ border-radius: 0; padding: 0 {SPACE}px; }}
    QHeaderView {{ background: {t.surface}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; font-weight: 600;
        font-size: {SECONDARY_POINTS}pt; border: none; border-bottom: {RULE}px solid {t.border};
        padding: {SPACE}px {SPACE * 2}px; }}
    QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text};
        selection-background-color: {t.selection}; selection-color: {t.text};
        border: {RULE}px solid {t.border}; }}
    """


def _parts(t: Tokens) -> str:
    return f"""
    QFrame[card="true"] {{ background: {t.surface}; border: {RULE}px solid {t.border};
        border-radius: {RADIUS}px; }}
    QFrame[kind="part"] {{ border: none; border-top: {RULE}px solid {t.border}; }}
    QProgressBar {{ background: {t.border}; border: none; border-radius: {SPACE // 2}px; }}
    QProgressBar::chunk {{ background: {t.primary}; border-radius: {SPACE // 2}px; }}
    QFrame#rule {{ background: {t.border}; border: none; }}
    QWidget#topBar, QWidget#navigation, QWidget#statusLine, QWidget#sideColumn,
    QWidget#listColumn {{ background: {t.surface}; }}
    QWidget#planColumn {{ background: {t.window}; }}
    QWidget#topBar {{ border-bottom: {RULE}px solid {t.border}; }}
    QWidget#statusLine {{ border-top: {RULE}px solid {t.border}; }}
    QLineEdit#search {{ background: {t.window}; }}
    QLabel[kind="key"] {{ background: {t.surface}; color: {t.muted};
        border: {RULE}px solid {t.border}; border-radius: {SPACE}px; padding: 0 {SPACE}px;
        font-size: {points(SECONDARY_POINTS)}pt; font-weight: 400; }}
    """


def _tones(t: Tokens) -> str:
    rules = [
        f"""
    QLabel[tone="{which.value}"] {{ color: {pair.text}; }}
    QLabel[kind="chip"][tone="{which.value}"] {{ background: {pair.ground}; }}
    QPushButton[kind="segment"][tone="{which.value}"]:checked {{ background: {pair.ground};
        color: {pair.text}; }}
    QFrame[kind="banner"][tone="{which.value}"] {{ background: {pair.ground};
        border: {RULE}px solid {t.border}; border-radius: {RADIUS}px; }}"""
        for which, pair in t.tones.items()
    ]
    rules.append(f"""
    QLabel[kind="chip"] {{ border-radius: {CHIP_RADIUS - 2}px;
        padding: {SPACE // 2}px {SPACE * 2}px;
        font-size: {points(SECONDARY_POINTS)}pt; font-weight: 600; }}""")
    return "".join(rules)
