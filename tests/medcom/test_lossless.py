"""Nothing is lost: every text of every file is in what was decoded from it, in its own field."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.medcom.files import FIXTURES, SAMPLES, file_name, fixture
from tests.medcom.leaves import FORMATS, Leaf, letters_of, missing, strings_of
from visitator.domain.messages import AnyMessage, CarePlan, Message
from visitator.medcom.errors import MessageError
from visitator.medcom.reader import read

_ENCODED = {"Data", "BinaryContent", "Object_Base64Encoded"}
_LISTS = {"Emessage", "StandardBusinessDocument", "Receipt"}
"""What new stands here is a message of its own."""
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def lost_in(data: bytes) -> list[list[Leaf]]:
    delivery = read(data)
    assert delivery.problems == ()
    letters = letters_of(data)
    assert all(letters)
    return [
        missing(message, leaves) for message, leaves in zip(delivery.messages, letters, strict=True)
    ]


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_every_text_of_a_fixture_is_in_the_decoded_message(file: Path) -> None:
    assert not any(lost_in(file.read_bytes()))


@pytest.mark.parametrize("file", SAMPLES, ids=file_name)
def test_every_text_of_a_published_sample_is_in_the_decoded_message(file: Path) -> None:
    assert not any(lost_in(file.read_bytes()))


@pytest.mark.parametrize("file", FIXTURES, ids=file_name)
def test_the_oracle_sees_a_text_that_is_taken_away(file: Path) -> None:
    """A comparison that cannot fail is none: without one field, a text is missing."""
    data = file.read_bytes()
    message, leaves = read(data).messages[0], letters_of(data)[0]
    for name in _filled_fields(message):
        lost = missing(msgspec.structs.replace(message, **{name: _empty(message, name)}), leaves)
        assert lost, name


def test_the_oracle_sees_a_text_in_the_wrong_field() -> None:
    data = fixture("xdis21_latin1_no_declaration")
    (plan,), (leaves,) = read(data).messages, letters_of(data)
    assert isinstance(plan, CarePlan)
    assert plan.citizen is not None
    replace = msgspec.structs.replace
    turned = replace(plan.citizen, given_name=plan.citizen.surname, surname=plan.citizen.given_name)
    first, *others = plan.nursing_problem_areas
    wrong = [
        replace(plan, citizen=turned),
        replace(plan, sender=plan.receiver, receiver=plan.sender),
        replace(plan, cause_of_admission=plan.expected_course),
        replace(plan, lunch_box=plan.shopping_at_discharge),
        replace(plan, agreed_discharge=plan.admitted),
        replace(plan, nursing_problem_areas=tuple(others)),
        replace(plan, nursing_problem_areas=(replace(first, text=others[0].text), *others)),
    ]
    assert [bool(missing(message, leaves)) for message in wrong] == [True] * len(wrong)


def _filled_fields(message: Message) -> list[str]:
    told = {"kind", "notices", "root", "namespace", "outcome", "as_correspondence"}
    # The subject's word in brackets: read from the subject, which is there as well.
    derived: set[str] = set()
    if getattr(message, "sections", ()):
        derived = {"level_text", "consent", "controls", "texts"}
    empty = (None, (), type(message.sender)())
    return [
        name
        for name in message.__struct_fields__
        if name not in told | derived and getattr(message, name) not in empty
    ]


def _empty(message: Message, name: str) -> object:
    defaults = dict(
        zip(
            message.__struct_fields__[-len(message.__struct_defaults__) :],
            message.__struct_defaults__,
            strict=True,
        )
    )
    return defaults[name]


class Injection:
    """Puts texts nobody has seen at random places of a file, and remembers them."""

    def __init__(self, data: bytes, seed: int) -> None:
        self._random = random.Random(seed)
        self.root = etree.fromstring(_as_utf8(data))
        self.markers: list[str] = []
        self._closed: set[str] = set()

    def marker(self) -> str:
        self.markers.append(f"Mærke{len(self.markers):03}Slut")
        return self.markers[-1]

    def beside_what_is_known(self, times: int) -> bytes:
        """Something new where a letter has elements, which touches none of them."""
        self._closed = _LISTS
        return self._apply(
            times, [self.unknown_element, self.unknown_tree, self.attribute, self.stray_text]
        )

    def anywhere(self, times: int) -> bytes:
        """Also inside texts, and known elements that come once too often."""
        return self._apply(
            times,
            [
                self.unknown_element,
                self.unknown_tree,
                self.attribute,
                self.stray_text,
                self.inside_leaf,
                self.duplicate,
            ],
        )

    def _apply(self, times: int, ways: list[Callable[[], None]]) -> bytes:
        for _ in range(times):
            self._random.choice(ways)()
        return etree.tostring(self.root, encoding="utf-8", xml_declaration=True)

    def _element(self, is_fit: Callable[[etree._Element], bool]) -> etree._Element:
        every = (each for each in self.root.iter("*") if _local(each) not in self._closed)
        found = [each for each in every if is_fit(each)]
        return self._random.choice(found) if found else self.root

    def _insert(self, parent: etree._Element, child: etree._Element) -> None:
        place = self._random.randint(0, len(parent))
        parent.insert(place, child)

    def _tag(self, name: str) -> str:
        namespace = self._random.choice(
            [etree.QName(self.root).namespace, "urn:oio:medcom:municipality:1.0.9", None]
        )
        return f"{{{namespace}}}{name}" if namespace else name

    def unknown_element(self) -> None:
        child = etree.Element(self._tag("Nyhed"))
        child.text = self.marker()
        self._insert(self._element(_holds_elements), child)

    def unknown_tree(self) -> None:
        outer = etree.Element(self._tag("Nyt"))
        outer.text = self.marker()
        inner = etree.SubElement(outer, self._tag("Comment"), kode=self.marker())
        inner.text = self.marker()
        etree.SubElement(
            inner, self._tag(self._random.choice(["Break", "Bold"]))
        ).tail = self.marker()
        inner.tail = self.marker()
        self._insert(self._element(_holds_elements), outer)

    def attribute(self) -> None:
        name = f"nyt{len(self.markers)}"
        self._element(lambda each: True).set(name, self.marker())

    def stray_text(self) -> None:
        parent = self._element(_holds_elements)
        place = self._random.randint(0, len(parent))
        text = f" {self.marker()} "
        if place == 0:
            parent.text = (parent.text or "") + text
        else:
            child = parent[place - 1]
            child.tail = (child.tail or "") + text

    def inside_leaf(self) -> None:
        leaf = self._element(_is_text)
        child = etree.Element(self._tag(self._random.choice(["Break", "Bold", "Nyt"])))
        child.text = self.marker()
        child.tail = self.marker()
        self._insert(leaf, child)

    def duplicate(self) -> None:
        def is_fit(each: etree._Element) -> bool:
            encoded = any(_local(part) in _ENCODED for part in each.iter("*"))
            return each is not self.root and not encoded

        original = self._element(is_fit)
        parent = original.getparent()
        if parent is None:
            return
        twin = copy.deepcopy(original)
        for part in twin.iter("*"):
            for name in part.attrib:
                if not str(name).startswith(_XSI):
                    part.set(name, self.marker())
            if part.text and part.text.strip():
                part.text = self.marker()
            if part is not twin and part.tail and part.tail.strip():
                part.tail = self.marker()
        twin.tail = None
        self._insert(parent, twin)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _holds_elements(element: etree._Element) -> bool:
    """Whether an element is one of fields: not a text with formats."""
    if any(_local(child) in FORMATS for child in element):
        return False
    return len(element) > 0 and not (element.text or "").strip()


def _is_text(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) and _local(element) not in _ENCODED


def _as_utf8(data: bytes) -> bytes:
    """The bytes as UTF-8 without a declaration, for a tool that must not guess."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return text.partition("?>")[2].strip().encode() if text.startswith("<?xml") else text.encode()


def _decoded(data: bytes) -> list[Message]:
    """What there is to show a person: the messages, and what was kept of refused ones."""
    try:
        delivery = read(data)
    except MessageError as error:
        return [letter for problem in error.problems for letter in problem.letters]
    refused = [letter for problem in delivery.problems for letter in problem.letters]
    return [*delivery.messages, *refused]


@given(
    file=st.sampled_from(FIXTURES),
    seed=st.integers(min_value=0, max_value=2**32),
    times=st.integers(min_value=1, max_value=6),
)
def test_no_unforeseen_text_is_ever_lost(file: Path, seed: int, times: int) -> None:
    injection = Injection(file.read_bytes(), seed)
    data = injection.anywhere(times)
    kept = "\n".join(text for message in _decoded(data) for text in strings_of(message))
    lost = [marker for marker in injection.markers if marker not in kept]
    assert lost == [], data.decode()


@given(
    file=st.sampled_from(FIXTURES),
    seed=st.integers(min_value=0, max_value=2**32),
    times=st.integers(min_value=1, max_value=6),
)
def test_something_new_in_a_letter_disturbs_nothing_that_is_known(
    file: Path, seed: int, times: int
) -> None:
    injection = Injection(file.read_bytes(), seed)
    before, after = read(file.read_bytes()), read(injection.beside_what_is_known(times))
    assert [_typed(message) for message in before.messages] == [
        _typed(message) for message in after.messages
    ]


def _typed(message: AnyMessage) -> AnyMessage:
    """A message without what it could not place, and without remarks."""
    return msgspec.structs.replace(message, extra=(), notices=())
