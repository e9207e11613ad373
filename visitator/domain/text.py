"""Text as hospitals write it: plain text plus the few formats MedCom knows."""

import enum

import msgspec


class Style(enum.Enum):
    """Text formats of MedCom's FormattedTextType (standard §8.3)."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    FIXED = "fixed"
    """Fast bredde (FixedFont): columns line up only in a fixed-width font."""
    RIGHT = "right"
    CENTER = "center"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """One format over ``text[start:end]``, in characters."""

    start: int
    end: int
    style: Style


class RichText(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Free text (fritekst) with its line breaks as newlines, and formats apart from the text.

    The text alone is complete: searching, comparing and copying need nothing else.
    """

    text: str
    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)

    def part(self, start: int, end: int) -> "RichText":
        """The part ``text[start:end]`` with the formats that reach into it."""
        spans = (
            Span(start=max(s.start, start) - start, end=min(s.end, end) - start, style=s.style)
            for s in self.spans
            if s.start < end and s.end > start
        )
        return RichText(self.text[start:end], tuple(spans))

    def cut(self, start: int, end: int) -> "RichText":
        """The part ``text[start:end]`` without line breaks at its ends."""
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip("\n"))
        return self.part(start, start + len(piece.strip("\n")))
