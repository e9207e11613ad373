"""Identifiers are new every time."""

import datetime as dt
import uuid

import pytest

from visitator.identifiers import new_entry_id, new_letter_id

NOW = dt.datetime(2026, 2, 2, 8, 0, tzinfo=dt.UTC)


def test_letter_identifiers_have_14_characters_and_do_not_repeat() -> None:
    made = {new_letter_id() for _ in range(5000)}

    assert len(made) == 5000
    assert all(len(one) == 14 and one.isalnum() and one.isascii() for one in made)


def test_entry_identifiers_are_uuids_of_version_7_and_do_not_repeat() -> None:
    made = {new_entry_id(NOW) for _ in range(5000)}

    assert len(made) == 5000
    assert {uuid.UUID(one).version for one in made} == {7}
    assert {uuid.UUID(one).variant for one in made} == {uuid.RFC_4122}


def test_later_entries_sort_after_earlier_ones() -> None:
    assert new_entry_id(NOW) < new_entry_id(NOW + dt.timedelta(milliseconds=1))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        new_entry_id(dt.datetime(2026, 2, 2))
