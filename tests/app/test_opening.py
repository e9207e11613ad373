"""Opening a desk: every fault is a sentence, and nothing is changed by it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring.backends.fail
import msgspec
import pytest

from tests.app.keyring import MemoryKeyring
from tests.app.town import PATIENCE, Town, town_in
from visitator import sqlcipher
from visitator.app.desk import Desk
from visitator.app.first_look import FirstLook
from visitator.app.note_views import NoteWish
from visitator.app.opening import Opening, enrol, open_desk, put_aside, usual
from visitator.app.preferences import Preferences, load_preferences
from visitator.app.settings import Settings
from visitator.app.views import Box, KnownError, Link, Signature, Standing
from visitator.store import Store
from visitator.store.keys import kept_token
from visitator.store.place import FileLock


class Workplace:
    """A computer with a keyring, and what its user has chosen."""

    def __init__(self, folder: Path, town: Town) -> None:
        self.keyring = MemoryKeyring()
        self.file = folder / "personligt.toml"
        self.settings = Settings(
            gateway=town.loopback.address,
            database=str(folder / "data" / "visitator.db"),
            municipality="Prøve Kommune",
        )
        self.preferences = Preferences()
        self.steps: list[str] = []
        self.parts: list[float] = []

    def enrol(self, token: str) -> None:
        self.preferences = enrol(
            self.settings.gateway or "",
            token,
            self.preferences,
            backend=self.keyring,
            preferences_file=self.file,
        )

    def opening(self) -> Opening:
        return usual(
            self.settings, self.preferences, backend=self.keyring, preferences_file=self.file
        )

    def open(self, see: Callable[[FirstLook], None] | None = None) -> Desk:
        return open_desk(self.opening(), self.progress, see)

    def progress(self, step: str, part: float | None) -> None:
        self.steps.append(step)
        if part is not None:
            self.parts.append(part)

    @property
    def database(self) -> Path:
        return self.settings.database_path


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with town_in(tmp_path / "by") as town:
        yield town


@pytest.fixture
def workplace(tmp_path: Path, town: Town) -> Workplace:
    made = Workplace(tmp_path / "plads", town)
    made.enrol(town.admit("AHN", "PC1"))
    return made


def refusal(workplace: Workplace) -> str:
    """What the person is told."""
    with pytest.raises(KnownError) as caught:
        workplace.open()
    return str(caught.value)


def test_a_desk_is_opened_step_by_step_and_reaches_its_gateway(workplace: Workplace) -> None:
    desk = workplace.open()
    synchronised = threading.Event()

    def hear(news: object) -> None:
        if isinstance(news, Standing) and news.link is Link.SYNCHRONISED:
            synchronised.set()

    desk.watch(hear)
    if desk.standing().link is not Link.SYNCHRONISED:
        assert synchronised.wait(PATIENCE)
    office = desk.office()
    assert (office.user, office.municipality, office.own_gateway) == ("AHN", "Prøve Kommune", False)
    assert workplace.steps == ["Låser databasen op", "Åbner databasen", "Finder gatewayen"]
    assert desk.close(wait=0) == 0


def test_the_list_is_seen_when_the_key_is_there_and_before_the_file_is_opened(
    workplace: Workplace, town: Town
) -> None:
    pathway = town.sends()
    desk = workplace.open(lambda _: pytest.fail("there is no list at the first start"))
    came = threading.Event()
    desk.watch(lambda _: came.set() if desk.pathway(pathway) else None)
    assert desk.pathway(pathway) or came.wait(PATIENCE)
    desk.close(wait=0)
    workplace.steps.clear()
    seen: list[object] = []

    def see(look: FirstLook) -> None:
        seen.append([each.pathway_id for each in look.rows(Box.INBOX, 0, 10)])
        seen.append(list(workplace.steps))
        FileLock(workplace.database).release()
        look.close()

    again = workplace.open(see)
    assert seen == [[pathway], ["Låser databasen op"]]
    assert again.rows(Box.INBOX, 0, 10)[0].pathway_id == pathway
    again.close(wait=0)


def test_nothing_is_seen_before_anybody_is_known_or_of_what_is_thrown_away(
    workplace: Workplace,
) -> None:
    workplace.open().close(wait=0)
    for changed in ({"user": ""}, {"throw_away": True}):
        opening = msgspec.structs.replace(workplace.opening(), **changed)
        desk = open_desk(opening, lambda *_: None, lambda _: pytest.fail("it was shown"))
        desk.close(wait=0)


def test_how_far_the_lists_are_made_anew_for_another_agreement_is_told(
    workplace: Workplace, town: Town
) -> None:
    pathway = town.sends()
    desk = workplace.open()
    heard = threading.Semaphore(0)
    desk.watch(lambda _: heard.release())
    while desk.pathway(pathway) is None:
        assert heard.acquire(timeout=PATIENCE)
    desk.close(wait=0)
    assert workplace.parts == []

    workplace.steps.clear()
    changed = msgspec.structs.replace(workplace.settings, agreement="region-midtjylland-2021-04")
    workplace.settings = changed
    workplace.open().close(wait=0)
    first, *anew, last = workplace.steps[1:]
    assert (first, last) == ("Åbner databasen", "Finder gatewayen")
    assert set(anew) == {"Gør lister og søgning klar"}
    assert workplace.parts == sorted(workplace.parts)
    assert workplace.parts[-1] == 1


def test_where_notes_are_saved_is_kept_for_the_next_time(
    workplace: Workplace, town: Town, tmp_path: Path
) -> None:
    pathway = town.sends()
    desk = workplace.open()
    heard = threading.Semaphore(0)
    desk.watch(lambda _: heard.release())
    while desk.pathway(pathway) is None:
        assert heard.acquire(timeout=PATIENCE)
    wish = NoteWish(kind="discharge", case_number="2030-17", purpose="Journalføring")
    desk.notes.save(pathway, wish, str(tmp_path)).result()
    desk.close(wait=0)

    workplace.preferences = load_preferences(workplace.file)
    again = workplace.open()
    assert again.notes.folder == str(tmp_path)
    assert again.office().user == "AHN"
    again.close(wait=0)


def test_how_one_signs_is_kept_for_the_next_time(workplace: Workplace) -> None:
    desk = workplace.open()
    signature = Signature(name="Anne Holm", title="visitator", telephone="00000007")
    desk.sign_as(signature).result()
    desk.close(wait=0)

    workplace.preferences = load_preferences(workplace.file)
    again = workplace.open()
    assert again.office().signature == signature
    assert workplace.preferences.user == "AHN"
    again.close(wait=0)


def test_the_token_is_kept_in_the_keyring_and_nowhere_else(
    workplace: Workplace, town: Town
) -> None:
    token = town.admit("AHN", "PC1")
    workplace.enrol(token)
    assert kept_token(workplace.keyring) == token
    assert token not in workplace.file.read_text()
    assert (workplace.preferences.user, workplace.preferences.device) == ("AHN", "PC1")
    assert workplace.preferences.name == "Navn på AHN"


def test_a_token_the_gateway_does_not_know_is_not_kept(workplace: Workplace) -> None:
    before = kept_token(workplace.keyring)
    with pytest.raises(KnownError, match="afviser dit login"):
        workplace.enrol("forkert")
    assert kept_token(workplace.keyring) == before


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://visitator.example", "https"),
        ("visitator.example", "ikke rigtig"),
        ("", "ikke rigtig"),
        ("https://[", "ikke rigtig"),
    ],
)
def test_an_address_that_others_could_read_along_at_is_refused(
    workplace: Workplace, address: str, why: str
) -> None:
    with pytest.raises(KnownError, match=why):
        enrol(address, "token", Preferences(), backend=workplace.keyring)


def test_without_a_login_it_says_where_to_log_in(workplace: Workplace) -> None:
    workplace.preferences = Preferences()
    assert "Der er ikke logget ind" in refusal(workplace)


def test_a_keyring_that_keeps_no_secrets_is_refused(workplace: Workplace) -> None:
    opening = usual(
        workplace.settings,
        workplace.preferences,
        backend=keyring.backends.fail.Keyring(),  # type: ignore[no-untyped-call]
    )
    with pytest.raises(KnownError, match="bruger kun styresystemets egen nøglering"):
        open_desk(opening, lambda *_: None)
    assert not workplace.database.exists()


def test_a_locked_keyring_is_told_apart(workplace: Workplace) -> None:
    workplace.keyring.is_locked = True
    assert "låst eller svarer ikke" in refusal(workplace)


def test_a_database_without_its_key_is_left_alone(workplace: Workplace) -> None:
    workplace.open().close(wait=0)
    before = workplace.database.read_bytes()
    workplace.keyring.kept.pop("visitator/lokal-database")
    assert "nøglen til den findes ikke" in refusal(workplace)
    assert workplace.database.read_bytes() == before


def test_a_key_that_does_not_fit_is_said_not_to(workplace: Workplace) -> None:
    workplace.open().close(wait=0)
    workplace.keyring.kept["visitator/lokal-database"] = bytes(32).hex()
    assert "passer ikke til databasen" in refusal(workplace)


def test_a_database_put_aside_is_read_again_from_the_gateway(
    workplace: Workplace, town: Town
) -> None:
    workplace.open().close(wait=0)
    workplace.keyring.kept["visitator/lokal-database"] = bytes(32).hex()
    aside = put_aside(workplace.settings)
    assert aside.exists()

    pathway = town.sends()
    desk = workplace.open()
    came = threading.Event()
    desk.watch(lambda _: came.set() if desk.pathway(pathway) else None)
    assert desk.pathway(pathway) or came.wait(PATIENCE)
    desk.close(wait=0)


def test_a_second_instance_is_sent_to_the_first(workplace: Workplace) -> None:
    desk = workplace.open()
    assert "allerede åben" in refusal(workplace)
    desk.close(wait=0)


def test_a_database_of_a_newer_program_is_left_alone(workplace: Workplace) -> None:
    workplace.open().close(wait=0)
    key = bytes.fromhex(workplace.keyring.kept["visitator/lokal-database"])
    engine = sqlcipher.engine(workplace.database, key, pool_size=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 999")
    engine.dispose()
    assert "nyere udgave" in refusal(workplace)


def test_a_full_disk_is_said_to_be(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    from visitator.store.errors import DiskFull

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Store, "set_undo_window", full)
    assert "Disken er fuld" in refusal(workplace)
    # What was opened is closed again: the file is free.
    FileLock(workplace.database).release()


def test_an_unknown_profile_is_said_to_be(workplace: Workplace) -> None:
    workplace.settings = Settings(agreement="region-maanen", database=workplace.settings.database)
    assert "Ukendt aftaleprofil" in refusal(workplace)


def test_without_its_gateway_the_desk_opens_all_the_same(workplace: Workplace, town: Town) -> None:
    pathway = town.sends()
    desk = workplace.open()
    came = threading.Event()
    desk.watch(lambda _: came.set() if desk.pathway(pathway) else None)
    assert desk.pathway(pathway) or came.wait(PATIENCE)
    desk.close(wait=0)
    town.loopback.close()

    again = workplace.open()
    assert again.pathway(pathway) is not None
    again.close(wait=0)


@pytest.mark.parametrize(
    "address",
    [
        "https://x.dk:abc",
        "https://x.dk:99999999",
        "https://[::1",
        "https://\xe6 \xf8.dk",
        "https://visitator kommune.dk",
        "https://a\x00b.dk",
        "https://" + "a" * 80 + ".dk",
    ],
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    keyring, file = MemoryKeyring(), tmp_path / "p.toml"
    with pytest.raises(KnownError, match="adresse er ikke rigtig"):
        enrol(address, "token", Preferences(), backend=keyring, preferences_file=file)
    assert (keyring.kept, file.exists()) == ({}, False)


@pytest.mark.parametrize("token", ["", "to\nk", "t\xe6k", "to ken", "to\x00k"], ids=repr)
def test_a_token_that_is_none_is_refused(tmp_path: Path, token: str) -> None:
    keyring, file = MemoryKeyring(), tmp_path / "p.toml"
    with pytest.raises(KnownError, match="Adgangskoden er ikke skrevet rigtigt"):
        enrol("https://127.0.0.1:1", token, Preferences(), backend=keyring, preferences_file=file)
    assert (keyring.kept, file.exists()) == ({}, False)
