"""The checklist on paper (A4): one citizen with large boxes, or a whole round on one sheet.

Paper is white whatever the screen looks like. Lengths are millimetres.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec
from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextOption,
)

from ui import theme, words
from ui.admission.wording import ward
from ui.plan.head import citizen_line
from ui.theme import LIGHT, Tone
from ui.translation import term, tr
from visitator.app.admission_views import AdmissionView, ChecklistView, PartView, TickView
from visitator.app.views import Point

_MM_IN_AN_INCH = 25.4
_MARGIN = 14.0
_BOX = 8.0
_THIN, _THICK, _TICK = 0.2, 0.45, 1.1
_GAP = 2.0
_STATE_WIDTH = 22.0
_LABEL_WIDTH = 72.0
_WHO_WIDTH = 72.0
_ROUND_ROW = 13.0
_HEADS = 42.0
_SMALL, _NORMAL, _LARGE, _TITLE = 8.0, 11.0, 15.0, 20.0
_BROUGHT, _NOT_RELEVANT, _MISSING = "brought", "not_relevant", "missing"


class Sheet(msgspec.Struct, frozen=True):
    """What is to be printed."""

    checklist: ChecklistView
    """Without anybody's ticks: the list itself."""
    citizens: tuple[AdmissionView, ...]
    """None: a list to take along, with room for a name."""
    printed: dt.datetime
    is_filled: bool = True
    is_round: bool = False
    """All of them on one sheet, a line each."""

    @property
    def pathway_ids(self) -> tuple[str, ...]:
        """Whose names are on it."""
        return tuple(each.row.pathway_id for each in self.citizens)


def lay_out(device: QPagedPaintDevice, sheet: Sheet) -> None:
    """Make the paper A4, upright for one citizen and lying for a round."""
    way = QPageLayout.Orientation
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        way.Landscape if sheet.is_round else way.Portrait,
        QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN),
        QPageLayout.Unit.Millimeter,
    )
    device.setPageLayout(layout)


def paint(device: QPagedPaintDevice, sheet: Sheet) -> bool:
    """Paint every page; False when the device cannot be painted on (a full disk, no paper)."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    page = _Page(painter, device)
    try:
        pages: Iterator[_RoundPage | _Single] = (
            _round(page, sheet) if sheet.is_round else _singles(page, sheet)
        )
        for number, draw in enumerate(pages):
            if number and not device.newPage():
                return False
            draw.paint()
    finally:
        is_done = painter.end()
    return is_done


class _Page:
    """A page to draw on in millimetres from its printable corner."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice) -> None:
        self._painter = painter
        self._dots = device.logicalDpiX() / _MM_IN_AN_INCH
        area = device.pageLayout().paintRect(QPageLayout.Unit.Millimeter)
        self.width, self.height = area.width(), area.height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def text(
        self,
        box: QRectF,
        text: str,
        points: float = _NORMAL,
        *,
        strong: bool = False,
        tone: Tone | None = None,
        muted: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        middle: bool = False,
    ) -> float:
        """Write; it is wrapped, and made smaller rather than cut. Returns its height."""
        ink = LIGHT.tones[tone].text if tone else LIGHT.muted if muted else LIGHT.text
        self._painter.setPen(theme.colour(ink))
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        size = points
        while True:
            self._painter.setFont(_font(size, strong=strong))
            needed = self._painter.boundingRect(self._scaled(box), text, option)
            if needed.height() <= self._scaled(box).height() or size <= _SMALL / 2:
                break
            size -= 0.5
        height = needed.height() / self._dots
        place = QRectF(box)
        if middle:
            place.translate(0, max(0.0, (box.height() - height) / 2))
        self._painter.drawText(self._scaled(place), text, option)
        return height

    def upright(self, box: QRectF, text: str, points: float) -> None:
        """Write from the bottom of a narrow box to its top."""
        self._painter.save()
        corner = self._scaled(box).bottomLeft()
        self._painter.translate(corner)
        self._painter.rotate(-90)
        self.text(QRectF(0, 0, box.height(), box.width()), text, points, strong=True, middle=True)
        self._painter.restore()

    def line(self, x: float, y: float, to_x: float, to_y: float, width: float = _THIN) -> None:
        """A rule."""
        self._pen(LIGHT.muted, width)
        self._painter.drawLine(self._point(x, y), self._point(to_x, to_y))

    def box(self, centre_x: float, centre_y: float) -> None:
        """An empty box that a pen can tick."""
        self._pen(LIGHT.text, _THICK)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        corner = QRectF(centre_x - _BOX / 2, centre_y - _BOX / 2, _BOX, _BOX)
        self._painter.drawRect(self._scaled(corner))

    def tick(self, centre_x: float, centre_y: float) -> None:
        """A tick in a box."""
        self._pen(LIGHT.text, _TICK)
        points = [(-2.6, 0.2), (-0.8, 2.2), (2.8, -2.4)]
        self._painter.drawPolyline([self._point(centre_x + x, centre_y + y) for x, y in points])

    def _pen(self, colour: str, width: float) -> None:
        pen = QPen(theme.colour(colour), width * self._dots)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)

    def _point(self, x: float, y: float) -> QPointF:
        return QPointF(x * self._dots, y * self._dots)

    def _scaled(self, box: QRectF) -> QRectF:
        dots = self._dots
        return QRectF(box.x() * dots, box.y() * dots, box.width() * dots, box.height() * dots)


def _font(points: float, *, strong: bool) -> QFont:
    return theme.font(points, strong=strong)


# --- one citizen ----------------------------------------------------------------------------------


class _Single(msgspec.Struct, frozen=True):
    page: _Page
    sheet: Sheet
    citizen: AdmissionView | None

    def paint(self) -> None:
        page = self.page
        title = QRectF(0, 0, page.width, 12)
        page.text(title, self.sheet.checklist.title, _TITLE, strong=True)
        y = self._paint_citizen(13)
        scope = QRectF(0, y + _GAP, page.width, 11)
        y += _GAP + page.text(scope, self.sheet.checklist.scope, _SMALL + 1, muted=True) + _GAP
        bottom = page.height - 44
        y = self._paint_heads(y)
        parts = _parts(self.sheet.checklist, self.citizen)
        height = (bottom - y) / len(parts)
        for number, part in enumerate(parts):
            self._paint_part(part, y + number * height, height)
        page.line(0, bottom, page.width, bottom, _THICK)
        self._paint_foot(bottom + 3)

    def _paint_citizen(self, y: float) -> float:
        page, view = self.page, self.citizen
        if view is None:
            for label, x, width in (
                (tr("Navn"), 0.0, 0.6),
                (tr("CPR-nummer"), 0.62, 0.38),
            ):
                self._line_to_fill(label, x, width, y + 9)
            for label, x, width in ((tr("Afdeling"), 0.0, 0.6), (tr("Indlagt"), 0.62, 0.38)):
                self._line_to_fill(label, x, width, y + 20)
            return y + 22
        name = view.citizen.name or tr("Navn ikke oplyst")
        y += page.text(QRectF(0, y, page.width, 8), name, _LARGE, strong=True)
        when = words.on_paper(view.row.admitted) if view.row.admitted else ""
        stay = tr("indlagt {when}", when=when) if when else ""
        line = " · ".join(part for part in (citizen_line(view.citizen), stay) if part)
        y += page.text(QRectF(0, y, page.width, 11), line)
        return y + page.text(QRectF(0, y, page.width, 11), ward(view.row))

    def _line_to_fill(self, label: str, part: float, width: float, y: float) -> None:
        page = self.page
        x = part * page.width
        height = 6.0
        page.text(QRectF(x, y - height, 26, height), label, muted=True)
        page.line(x + 26, y, x + width * page.width, y)

    def _paint_heads(self, y: float) -> float:
        page, height = self.page, 9.0
        for number, state in enumerate(self.sheet.checklist.states):
            x = _LABEL_WIDTH + number * _STATE_WIDTH
            page.text(
                QRectF(x, y, _STATE_WIDTH, height),
                term(state.label),
                _SMALL + 1,
                strong=True,
                align=Qt.AlignmentFlag.AlignHCenter,
                middle=True,
            )
        x = _LABEL_WIDTH + len(self.sheet.checklist.states) * _STATE_WIDTH + _GAP
        note = QRectF(x, y, page.width - x, height)
        page.text(note, tr("Notat"), _SMALL + 1, strong=True, middle=True)
        return y + height

    def _paint_part(self, part: PartView, y: float, height: float) -> None:
        page = self.page
        page.line(0, y, page.width, y)
        room = height - _GAP
        label = QRectF(0, y + _GAP / 2, _LABEL_WIDTH - _GAP, room - (4.5 if part.always else 0))
        page.text(label, part.label, _NORMAL, strong=True, middle=True)
        if part.always:
            below = QRectF(0, label.bottom() - 0.5, _LABEL_WIDTH - _GAP, 5)
            page.text(below, part.always, _SMALL + 1, strong=True, tone=Tone.OVERDUE)
        tick = part.tick if self.sheet.is_filled else None
        centre = y + height / 2
        for number, state in enumerate(self.sheet.checklist.states):
            x = _LABEL_WIDTH + (number + 0.5) * _STATE_WIDTH
            page.box(x, centre)
            if tick is not None and tick.state == state.code:
                page.tick(x, centre)
        x = _LABEL_WIDTH + len(self.sheet.checklist.states) * _STATE_WIDTH + _GAP
        if tick is not None:
            said = _said(tick)
            page.text(QRectF(x, y + _GAP / 2, page.width - x, room), said, _SMALL + 1, middle=True)

    def _paint_foot(self, y: float) -> None:
        page, view = self.page, self.citizen
        who = view.present if view is not None and self.sheet.is_filled else ""
        label = tr("Kommunal medarbejder til stede")
        if who:
            page.text(QRectF(0, y, page.width, 6), f"{label}: {who}")
        else:
            page.text(QRectF(0, y, 66, 6), label)
            page.line(66, y + 6, page.width, y + 6)
        half = page.width / 2
        page.text(QRectF(0, y + 12, 40, 6), tr("Dato og klokkeslæt"))
        page.line(40, y + 18, half - _GAP, y + 18)
        page.text(QRectF(half, y + 12, 26, 6), tr("Underskrift"))
        page.line(half + 26, y + 18, page.width, y + 18)
        _paint_source(page, self.sheet)


def _singles(page: _Page, sheet: Sheet) -> Iterator[_Single]:
    for citizen in sheet.citizens or (None,):
        yield _Single(page, sheet, citizen)


# --- a round --------------------------------------------------------------------------------------


class _RoundPage(msgspec.Struct, frozen=True):
    page: _Page
    sheet: Sheet
    citizens: Sequence[AdmissionView]
    number: int
    total: int

    def paint(self) -> None:
        page, sheet = self.page, self.sheet
        title = sheet.checklist.title
        if self.total > 1:
            of = tr("side {number} af {total}", number=self.number, total=self.total)
            title = f"{title} · {of}"
        page.text(QRectF(0, 0, page.width, 9), title, _LARGE, strong=True)
        key = tr("✓ medbragt   – ikke relevant   M mangler")
        align = Qt.AlignmentFlag.AlignRight
        page.text(QRectF(page.width / 2, 2, page.width / 2, 6), key, muted=True, align=align)
        top, parts = 11.0, _parts(sheet.checklist, None)
        width = (page.width - _WHO_WIDTH) / len(parts)
        for number, part in enumerate(parts):
            x = _WHO_WIDTH + number * width
            label = f"{part.label} ({part.always})" if part.always else part.label
            page.upright(QRectF(x + 1, top, width - 2, _HEADS - 1), label, _SMALL + 1)
        for place, citizen in enumerate(self.citizens):
            self._paint_citizen(citizen, top + _HEADS + place * _ROUND_ROW, width)
        bottom = top + _HEADS + len(self.citizens) * _ROUND_ROW
        for y in (top + _HEADS, bottom):
            page.line(0, y, page.width, y, _THICK)
        for number in range(len(parts) + 1):
            x = _WHO_WIDTH + number * width
            page.line(x, top + _HEADS, x, bottom)
        _paint_source(page, sheet)

    def _paint_citizen(self, view: AdmissionView, y: float, width: float) -> None:
        page = self.page
        page.line(0, y, page.width, y)
        room = _WHO_WIDTH - _GAP
        name = view.citizen.name or tr("Navn ikke oplyst")
        page.text(QRectF(0, y + 0.4, room, 5.2), name, _NORMAL, strong=True)
        cpr = view.row.cpr_masked or tr("CPR-nummer ikke oplyst")
        page.text(QRectF(0, y + 5, room, 4.2), cpr, _SMALL + 1)
        page.text(QRectF(0, y + 8.8, room, 4.0), ward(view.row), _SMALL, muted=True)
        for number, part in enumerate(_parts(self.sheet.checklist, view)):
            x, centre = _WHO_WIDTH + (number + 0.5) * width, y + _ROUND_ROW / 2
            page.box(x, centre)
            state = part.tick.state if part.tick and self.sheet.is_filled else ""
            if state == _BROUGHT:
                page.tick(x, centre)
            elif state in (_NOT_RELEVANT, _MISSING):
                page.text(
                    QRectF(x - _BOX / 2, centre - _BOX / 2, _BOX, _BOX),
                    "–" if state == _NOT_RELEVANT else "M",
                    _LARGE,
                    strong=True,
                    tone=Tone.OVERDUE if state == _MISSING else None,
                    align=Qt.AlignmentFlag.AlignHCenter,
                    middle=True,
                )


def _round(page: _Page, sheet: Sheet) -> Iterator[_RoundPage]:
    fit = int((page.height - 11 - _HEADS - 8) // _ROUND_ROW)
    pages = [sheet.citizens[at : at + fit] for at in range(0, len(sheet.citizens), fit)]
    for number, citizens in enumerate(pages, start=1):
        yield _RoundPage(page, sheet, citizens, number, len(pages))


# --- both -----------------------------------------------------------------------------------------


def _parts(checklist: ChecklistView, citizen: AdmissionView | None) -> list[PartView]:
    own = citizen.checklist if citizen is not None and citizen.checklist else checklist
    return [part for item in own.items for part in item.parts]


def _said(tick: TickView) -> str:
    at = tick.said.at
    who = f"{words.short_name(tick.said.who)} {at.day}/{at.month} {words.clock(at)}"
    return f"{tick.note}\n{who}" if tick.note else who


def _paint_source(page: _Page, sheet: Sheet) -> None:
    when = _on_paper(sheet.printed)
    text = f"{sheet.checklist.source} · {tr('udskrevet {when}', when=when)}"
    page.text(QRectF(0, page.height - 5, page.width, 5), text, _SMALL - 1, muted=True)


def _on_paper(instant: dt.datetime) -> str:
    return words.on_paper(Point(date=instant.date(), time=instant.time()))
