"""Search: what a visitator would look for, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.workstation import NOW, Gateway, entry, letter, note, open_store, plan, reply
from visitator.domain.citizen import Citizen
from visitator.domain.entries import CorrespondenceSent, Opened, PhoneCall, PlanState
from visitator.domain.messages import Correspondence
from visitator.domain.notice import RawField
from visitator.domain.party import Organisation, Relative
from visitator.domain.text import RichText
from visitator.store import Draft, Store


@pytest.fixture
def filled(store: Store, gateway: Gateway) -> Store:
    """Nancy (P1) with a plan, a letter, a call, a reply and a note; Bøje (P2) with a plan."""
    other = Citizen(
        cpr="250947-9989", replacement_cpr="2509479XY1", given_name="Bøje", surname="Aagaard-Lund"
    )
    gateway.accept(
        letter(plan(expected_course=RichText("Kan gå på trapper"))),
        letter(plan(citizen=other, relatives=(Relative(given_name="Sonja"),)), pathway="P2"),
        letter(
            Correspondence(
                subject="Hjælpemidler",
                texts=(RichText("Rollator er bestilt"),),
                extra=(RawField(path="Nyt", label="Nyt", value="Sjældent felt"),),
                sender=Organisation(department="Geriatrisk"),
            )
        ),
        entry(PhoneCall(whom="Sygeplejerske Holm", at=NOW, text="Spurgt til sårpleje")),
        reply(PlanState(plan="x"), "Nøglen ligger hos naboen"),
        note("Datteren henter"),
        entry(Opened()),
    )
    gateway.page_to(store)
    return store


def found(store: Store, typed: str) -> list[int]:
    return [hit.seq for hit in store.search(typed)]


@pytest.mark.parametrize(
    ("typed", "seqs"),
    [
        ("Nancy", [1]),
        ("nan", [1]),
        ("berg", [1]),
        ("NANCY berggren", [1]),
        ("2512489996", [1]),
        ("251248-9996", [1]),
        ("251248-9", [1]),
        ("251248-", [1]),
        ("251248", [1]),
        ("9996", [1]),
        ("2509479989", [2]),
        ("250947-9989", [2]),
        ("2509479xy1", [2]),
        ("bøje", [2]),
        ("aagaard-lund", [2]),
        ("sonja", [2]),
        ("Prøvesygehuset", [2, 1]),
        ("ortopæd", [2, 1]),
        ("geriatrisk", [3]),
        ("trapper", [1]),
        ("hjælpemidler rollator", [3]),
        ("sjældent", [3]),
        ("holm", [4]),
        ("sårpleje", [4]),
        ("naboen", [5]),
        ("plejeforløbsplan ok", [5]),
        ("datteren", [6]),
        ("nancy trapper", [1]),
        ("nancy bøje", []),
        ("raw", []),
        ("BREV1", []),
        ("5790001348120", []),
    ],
)
def test_finds(filled: Store, typed: str, seqs: list[int]) -> None:
    assert found(filled, typed) == seqs


@pytest.mark.parametrize(
    ("typed", "pathways"),
    [("n", ["P1"]), ("A", ["P1", "P2"]), ("b", ["P1", "P2"]), ("x", []), ("b n", ["P1"])],
)
def test_one_letter_is_the_first_of_a_name(filled: Store, typed: str, pathways: list[str]) -> None:
    hits = filled.search(typed)
    assert [hit.header.pathway_id for hit in hits] == pathways
    assert all(hit.entry_id is None for hit in hits)


def test_one_letter_beside_a_word_is_the_first_of_a_name(filled: Store) -> None:
    assert found(filled, "ortopæd b l") == []
    assert found(filled, "ortopæd n") == [1]


def test_a_hit_says_where_it_is(filled: Store, gateway: Gateway) -> None:
    (hit,) = filled.search("rollator")
    assert hit.header == next(r for r in filled.inbox("AHN").rows if r.pathway_id == "P1")
    assert hit.entry_id == gateway.journal[2].id


def test_a_pathway_is_found_once_with_what_was_said_last(filled: Store, gateway: Gateway) -> None:
    gateway.accept(note("Ringet om trapper"), note("Bøje også", pathway="P2"))
    gateway.page_to(filled)
    (hit,) = filled.search("trapper")
    assert (hit.seq, hit.entry_id) == (8, gateway.journal[7].id)
    assert [hit.seq for hit in filled.search("bøje")] == [9]
    assert [hit.seq for hit in filled.search("ortopæd", limit=5)] == [2, 1]


def test_a_hit_is_as_the_one_who_looks_sees_the_pathway(filled: Store) -> None:
    filled.append(reply(PlanState(plan="no such plan"), pathway="P2"))
    seen = {user: filled.search("bøje", user=user)[0].header for user in ("AHN", "BKR")}
    assert {user: header.pending for user, header in seen.items()} == {"AHN": 1, "BKR": 0}
    assert filled.search("bøje")[0].header == seen["BKR"]


def snippet(store: Store, typed: str) -> str:
    (hit,) = store.search(typed)
    return hit.snippet


class TestTheWordsAroundAHit:
    def test_are_marked(self, filled: Store) -> None:
        assert snippet(filled, "roll").endswith("Hjælpemidler \x02Rollator\x03 er bestilt")
        assert snippet(filled, "HJÆLPEMIDLER bestilt").endswith(
            "\x02Hjælpemidler\x03 Rollator er \x02bestilt\x03"
        )

    def test_hold_no_path_of_an_unknown_field(self, filled: Store, gateway: Gateway) -> None:
        field = RawField(path="Further/Odd/Comment", label="Nyt felt", value="Fjerntliggende")
        gateway.accept(letter(plan("BREV3", extra=(field,))))
        gateway.page_to(filled)
        assert snippet(filled, "fjerntlig") == "Nyt felt \x02Fjerntliggende\x03"
        assert found(filled, "further") == []

    def test_are_the_name_or_the_ward_where_that_was_found(self, filled: Store) -> None:
        assert snippet(filled, "bøj") == "\x02Bøje\x03 Aagaard-Lund"
        assert snippet(filled, "geriat") == "\x02Geriatrisk\x03"

    def test_are_few(self, filled: Store, gateway: Gateway) -> None:
        gateway.accept(note("ord " * 50 + "nålen " + "ord " * 50))
        gateway.page_to(filled)
        found = snippet(filled, "nålen")
        assert "\x02nålen\x03" in found
        assert found.startswith("…")
        assert found.endswith("…")
        assert len(found) < 100

    @pytest.mark.parametrize("typed", ["2512489996", "251248-9", "n", "nan 251248-9996"])
    def test_never_hold_the_number(self, filled: Store, gateway: Gateway, typed: str) -> None:
        gateway.accept(note("Nancy, CPR 251248-9996 og 2512489996, er ringet op"))
        gateway.page_to(filled)
        assert all("9996" not in hit.snippet for hit in filled.search(typed))

    def test_are_none_where_only_the_number_or_a_first_letter_was_found(
        self, filled: Store
    ) -> None:
        assert snippet(filled, "2512489996") == ""
        assert snippet(filled, "n") == ""


def test_the_newest_come_first_and_no_more_than_asked_for(filled: Store) -> None:
    assert [hit.seq for hit in filled.search("ortopæd", limit=1)] == [2]


def test_an_own_letter_is_found_by_subject_and_text(store: Store, gateway: Gateway) -> None:
    gateway.accept(
        letter(plan()), entry(CorrespondenceSent(subject="Madservice", text="Starter mandag"))
    )
    gateway.page_to(store)
    assert found(store, "madservice") == found(store, "starter mandag") == [2]


def test_nobody_finds_what_is_not_sent(filled: Store) -> None:
    filled.append(note("Ventende notat"))
    filled.save_draft(
        Draft(user="AHN", pathway_id="P1", kind="note", data=b"Kladde", updated_at=NOW)
    )
    assert found(filled, "ventende") == []
    assert found(filled, "kladde") == []


@given(typed=st.text() | st.text(alphabet='"*-^(){}:+, anorbdNEAR0'))
def test_whatever_is_typed_is_looked_for_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    with open_store(tmp_path_factory.mktemp("search") / "visitator.db") as store:
        gateway = Gateway()
        gateway.accept(letter(plan()))
        gateway.page_to(store)
        assert found(store, typed) in ([], [1])


@pytest.mark.parametrize("typed", ["", " ", "-", '"', "*", "--- ***"])
def test_nothing_typed_finds_nothing(filled: Store, typed: str) -> None:
    assert filled.search(typed) == ()


def test_a_whole_page_that_was_pasted_is_no_fault(filled: Store) -> None:
    assert filled.search("a " * 5_000) == filled.search("a")
