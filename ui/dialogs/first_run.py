"""The first start, in three steps: who you are, where the messages come from, which agreement.

It only asks. Who opened it keeps the answers, and says with `show_problem` what did not work.
"""

from urllib.parse import urlsplit

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.parts import banner, plain_label
from ui.translation import tr
from visitator.app.views import Option, Signature

WHO, WHERE, AGREEMENT = range(3)
"""The three steps."""

_THIS_COMPUTER = {"localhost", "127.0.0.1", "::1"}


class Offer(msgspec.Struct, frozen=True):
    """What is known before anybody was asked."""

    agreements: tuple[Option, ...]
    agreement: str
    """The code of the one chosen at first."""
    gateway: str = ""
    folder: str = ""
    can_change: bool = True
    """False: the IT department has decided about gateway and agreement."""
    can_show_demo: bool = True
    name: str = ""
    title: str = ""
    telephone: str = ""


class Answers(msgspec.Struct, frozen=True):
    """What was answered."""

    signature: Signature
    gateway: str | None
    """The address of the municipality's gateway; None is this workstation alone."""
    token: str
    """For that gateway; shown nowhere and kept in the keyring only."""
    folder: str | None
    """The drop folder, when the workstation is alone."""
    agreement: str


class FirstRun(QWidget):
    """Three pages with Tilbage and Næste; every one of them lets one try the demo instead."""

    answered = Signal(object)
    """`Answers`."""
    demo_wanted = Signal()

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self.setObjectName("planColumn")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        self._name = _field(offer.name)
        self._title = _field(offer.title or tr("visitator"))
        self._telephone = _field(offer.telephone)
        self._at_gateway = QRadioButton(tr("Kommunens gateway"))
        self._alone = QRadioButton(tr("Denne arbejdsplads alene"))
        self._address = _field(offer.gateway)
        self._address.setPlaceholderText("https://…")
        self._token = _field("")
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._folder = _field(offer.folder)
        self._agreement = QComboBox()
        for each in offer.agreements:
            self._agreement.addItem(each.label, each.code)
        self._agreement.setCurrentIndex(max(0, self._agreement.findData(offer.agreement)))
        self._step = plain_label("secondary-strong")
        self._frame, self._problem = banner(theme.Tone.OVERDUE)
        QHBoxLayout(self._frame).addWidget(self._problem)
        self._pages = QStackedWidget()
        for page in (self._who(), self._where(), self._which()):
            self._pages.addWidget(page)
        self._lay_out()
        is_alone = not offer.can_change and not offer.gateway
        (self._alone if is_alone else self._at_gateway).setChecked(True)
        self._choose_place(not is_alone)
        self._go(WHO)

    # --- the pages ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._back = QPushButton(tr("Tilbage"))
        self._back.clicked.connect(lambda: self._go(self._pages.currentIndex() - 1))
        self._next = QPushButton()
        self._next.setProperty("kind", "primary")
        self._next.clicked.connect(self._forward)
        demo = QPushButton(tr("Prøv med opdigtede borgere"))
        demo.setProperty("kind", "link")
        demo.clicked.connect(self.demo_wanted)
        demo.setVisible(self._offer.can_show_demo)
        for button in (self._back, demo):
            button.setAccessibleName(button.text())
        buttons = QHBoxLayout()
        buttons.addWidget(demo)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._next)
        card = QWidget()
        card.setMaximumWidth(theme.DIALOG_WIDTH)
        inner = QVBoxLayout(card)
        inner.setSpacing(theme.SPACE * 4)
        inner.addWidget(plain_label("title", tr("Velkommen til Visitator")))
        inner.addWidget(self._step)
        inner.addWidget(self._frame)
        inner.addWidget(self._pages)
        inner.addLayout(buttons)
        outer = QHBoxLayout(self)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(card)
        column.addStretch(2)
        outer.addStretch(1)
        outer.addLayout(column, 4)
        outer.addStretch(1)

    def _who(self) -> QWidget:
        page, layout = _page(
            tr("Navn, titel og telefon står under de svar, du sender til sygehuset.")
        )
        for label, field in (
            (tr("Navn"), self._name),
            (tr("Titel"), self._title),
            (tr("Telefon"), self._telephone),
        ):
            _add(layout, label, field)
        layout.addStretch(1)
        return page

    def _where(self) -> QWidget:
        page, layout = _page(
            tr("Gatewayen henter sygehusenes meddelelser og afleverer jeres svar.")
        )
        group = QButtonGroup(self)
        for radio in (self._at_gateway, self._alone):
            radio.setAccessibleName(radio.text())
            group.addButton(radio)
        layout.addWidget(self._at_gateway)
        _add(layout, tr("Adresse"), self._address)
        _add(layout, tr("Adgangsnøgle fra den, der driver gatewayen"), self._token)
        layout.addWidget(self._alone)
        _add(layout, tr("Mappe, som VANS-operatøren afleverer i (kan vente)"), self._folder)
        browse = QPushButton(tr("Vælg mappe …"))
        browse.setAccessibleName(browse.text())
        browse.clicked.connect(self._browse)
        layout.addWidget(browse, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._decided())
        layout.addStretch(1)
        self._at_gateway.toggled.connect(self._choose_place)
        self._browse_button = browse
        return page

    def _which(self) -> QWidget:
        page, layout = _page(
            tr("Aftalen mellem jeres region og kommunerne afgør frister, svarkategorier og emne.")
        )
        _add(layout, tr("Aftale"), self._agreement)
        self._agreement.setEnabled(self._offer.can_change)
        # Their names are longer than the field.
        whole = plain_label("secondary", self._agreement.currentText())
        whole.setWordWrap(True)
        self._agreement.currentTextChanged.connect(whole.setText)
        layout.addWidget(whole)
        layout.addWidget(self._decided())
        layout.addStretch(1)
        return page

    def _decided(self) -> QWidget:
        """Says so where the IT department has decided."""
        label = plain_label(
            "secondary", tr("Det er bestemt af den, der driver computeren, og kan ikke ændres her.")
        )
        label.setWordWrap(True)
        label.setVisible(not self._offer.can_change)
        return label

    # --- going through them ---------------------------------------------------------------------

    def show_problem(self, text: str, step: int) -> None:
        """Say what is wrong on the page it can be mended on (0-2)."""
        self._go(step)
        self._problem.setText(text)
        self._frame.show()

    def set_busy(self, is_busy: bool) -> None:
        """While the gateway is asked, nothing can be pressed twice."""
        self.setEnabled(not is_busy)
        if is_busy:
            self._step.setText(tr("Spørger gatewayen …"))
            self._frame.hide()

    def _go(self, step: int) -> None:
        names = (tr("Hvem er du?"), tr("Hvor kommer meddelelserne fra?"), tr("Hvilken aftale?"))
        self._pages.setCurrentIndex(step)
        self._step.setText(tr("Trin {step} af 3 · {name}", step=step + 1, name=names[step]))
        self._back.setEnabled(step > 0)
        self._next.setText(tr("Næste") if step < len(names) - 1 else tr("Begynd"))
        self._next.setAccessibleName(self._next.text())
        self._frame.hide()
        first = (self._name, self._address, self._agreement)[step]
        (first if first.isEnabled() else self._next).setFocus()

    def _forward(self) -> None:
        step = self._pages.currentIndex()
        problem = (self._who_problem, self._where_problem, lambda: "")[step]()
        if problem:
            self.show_problem(problem, step)
        elif step < self._pages.count() - 1:
            self._go(step + 1)
        else:
            self.answered.emit(self._answers())

    def _who_problem(self) -> str:
        return "" if self._name.text().strip() else tr("Skriv dit navn: det står under svarene.")

    def _where_problem(self) -> str:
        if not self._at_gateway.isChecked():
            return ""
        address = urlsplit(self._address.text().strip())
        is_safe = address.scheme == "https" or address.hostname in _THIS_COMPUTER
        if address.scheme not in {"http", "https"} or not address.hostname:
            return tr("Adressen skal begynde med https:// og navnet på gatewayen.")
        if not is_safe:
            return tr("Adressen skal begynde med https://, så ingen kan læse med undervejs.")
        if not self._token.text().strip():
            return tr("Skriv adgangsnøglen. Den fås af den, der driver gatewayen.")
        return ""

    def _answers(self) -> Answers:
        remote = self._at_gateway.isChecked()
        return Answers(
            signature=Signature(
                name=self._name.text().strip(),
                title=self._title.text().strip(),
                telephone=self._telephone.text().strip(),
            ),
            gateway=self._address.text().strip().rstrip("/") if remote else None,
            token=self._token.text().strip() if remote else "",
            folder=None if remote else self._folder.text().strip() or None,
            agreement=str(self._agreement.currentData()),
        )

    def _choose_place(self, remote: bool) -> None:
        can_change = self._offer.can_change
        for radio in (self._at_gateway, self._alone):
            radio.setEnabled(can_change)
        self._address.setEnabled(remote and can_change)
        self._token.setEnabled(remote)
        for widget in (self._folder, self._browse_button):
            widget.setEnabled(not remote and can_change)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Vælg mappe …"))
        if chosen:
            self._folder.setText(chosen)


def _field(text: str) -> QLineEdit:
    return QLineEdit(text)


def _page(said: str) -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SPACE * 2)
    label = plain_label("muted", said)
    label.setWordWrap(True)
    layout.addWidget(label)
    return page, layout


def _add(layout: QVBoxLayout, label: str, field: QWidget) -> None:
    field.setAccessibleName(label)
    layout.addWidget(plain_label("secondary-strong", label))
    layout.addWidget(field)
