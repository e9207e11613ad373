"""The bar at the top: whose it is, search, the agreement that holds, and the user."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from ui import keys, theme, words
from ui.elided import ElidedLabel
from ui.searchbox import SearchBox
from ui.theme import SPACE, Choice, Tone
from ui.translation import mark, said, tr
from visitator.app.views import OfficeView

_THEMES = (
    (Choice.LIGHT, mark("Lyst")),
    (Choice.DARK, mark("Mørkt")),
    (Choice.SYSTEM, mark("Som computeren")),
)


class TopBar(QWidget):
    """Above everything, always there."""

    theme_wanted = Signal(object)
    """A `Choice`."""
    pathway_wanted = Signal()
    """To fold or unfold the pathway column."""
    settings_wanted = Signal()
    keys_wanted = Signal()
    hide_wanted = Signal()
    """To cover the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Topbjælke"))
        self.search = SearchBox()
        self.search.setMaximumWidth(theme.SEARCH_WIDTH)
        self.search.setMinimumWidth(theme.SEARCH_WIDTH // 2)
        name = QLabel("Visitator")
        name.setProperty("role", "brand")
        self._place = ElidedLabel()
        self._place.setProperty("role", "muted")
        self._demo = _chip(tr("Demo"), Tone.TREATED)
        self._demo.setToolTip(tr("Borgerne er opdigtede, og alt slettes, når vinduet lukkes."))
        self._demo.setAccessibleDescription(self._demo.toolTip())
        self._agreement = _chip("", Tone.WAITING)
        self.pathway = self._button(tr("Forløb"))
        self.pathway.setToolTip(f"{tr('Vis eller skjul forløbet')}  ({keys.hint('pathway')})")
        self.pathway.setCheckable(True)
        self.pathway.clicked.connect(self.pathway_wanted)
        self.user = self._button("")
        self.user.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.user.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = self._menu()
        self.user.setMenu(self.menu)
        # Or the bar, and with it the list below, would move when there is somebody.
        kept = self.user.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.user.setSizePolicy(kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE * 4, SPACE + 2, SPACE * 3, SPACE + 2)
        row.setSpacing(SPACE * 3)
        row.addWidget(name)
        row.addWidget(self._place)
        row.addWidget(self.search, 4)
        row.addStretch(3)
        for widget in (self._demo, self._agreement, self.pathway, self.user):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.close_office()

    def _button(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("Indstillinger …"), self.settings_wanted.emit)
        self._themes = menu.addMenu(tr("Udseende"))
        group = QActionGroup(menu)
        for choice, danish in _THEMES:
            action = self._themes.addAction(tr(danish))
            action.setCheckable(True)
            action.setData(choice)
            action.triggered.connect(lambda _=False, choice=choice: self.theme_wanted.emit(choice))
            group.addAction(action)
        menu.addSeparator()
        for text, key, wanted in (
            (tr("Taster"), "help", self.keys_wanted),
            (tr("Skjul skærmen"), "hide", self.hide_wanted),
        ):
            # Behind the tab only to be read: the window has the shortcut itself.
            menu.addAction(f"{text}\t{keys.hint(key)}", wanted.emit)
        return menu

    def show_theme(self, chosen: Choice) -> None:
        """Mark the theme that was chosen."""
        for action in self._themes.actions():
            action.setChecked(action.data() is chosen)

    def show_office(self, office: OfficeView) -> None:
        """Show who works here and by what."""
        # The window is painted before the drawings are loaded.
        from ui import icons

        icons.set_icon(self.pathway, "pathway")
        icons.set_icon(self.user, "down")
        self._place.setText(
            " · ".join(part for part in (office.municipality, tr("Visitationen")) if part)
        )
        self._demo.setVisible(office.is_demo)
        self._agreement.setText(_agreement(office))
        told = "\n".join((office.agreement_title, *map(said, office.agreement_warnings)))
        self._agreement.setToolTip(told)
        self._agreement.setAccessibleDescription(told)
        tone = Tone.DUE if office.agreement_warnings else Tone.WAITING
        theme.set_property(self._agreement, "tone", tone.value)
        self._agreement.setVisible(bool(office.agreement_title))
        self.user.setText(office.user_name or office.user)
        self.user.setAccessibleName(tr("Menu for {name}", name=office.user_name or office.user))
        self.user.show()
        self.search.setEnabled(True)

    def close_office(self) -> None:
        """There is nothing to search in, and nobody yet."""
        self.search.setEnabled(False)
        for widget in (self._demo, self._agreement, self.pathway, self.user):
            widget.hide()


def _agreement(office: OfficeView) -> str:
    """``Region Sjælland-aftalen (nov. 2025)``; its whole title is in the tool tip."""
    name = tr("{region}-aftalen", region=office.agreement_region)
    if office.agreement_from is None:
        return name
    return f"{name} ({words.month(office.agreement_from)})"


def _chip(text: str, tone: Tone) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", "chip")
    label.setProperty("tone", tone.value)
    return label
