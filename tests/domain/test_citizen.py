"""Numbers that identify a citizen: never refused, remarked on when they cannot be right."""

import datetime as dt

import pytest

from visitator.domain.citizen import (
    Citizen,
    birth_date,
    citizen_notices,
    format_cpr,
    mask_cpr,
)


def codes(citizen: Citizen | None) -> list[str]:
    return [notice.code for notice in citizen_notices(citizen)]


@pytest.mark.parametrize("cpr", ["2512489996", "2509479989", "2512484916", "251248-9996"])
def test_national_test_numbers_pass_although_some_fail_modulus_11(cpr: str) -> None:
    assert codes(Citizen(cpr=cpr)) == []


@pytest.mark.parametrize("number", ["0203291WQ3", "1308781OS6", "3101057JC9", "0203291wq3"])
def test_replacement_numbers_pass(number: str) -> None:
    assert codes(Citizen(replacement_cpr=number)) == []


@pytest.mark.parametrize(
    ("citizen", "code"),
    [
        (None, "cpr_mangler"),
        (Citizen(given_name="Nancy"), "cpr_mangler"),
        (Citizen(cpr="0000000000"), "cpr_ukendt"),
        (Citizen(cpr="3113489996"), "cpr_dato"),
        (Citizen(cpr="2513489996"), "cpr_dato"),
        (Citizen(replacement_cpr="3203291WQ3"), "cpr_dato"),
        (Citizen(cpr="251248999"), "cpr_format"),
        (Citizen(cpr="25124899AB"), "cpr_format"),
        (Citizen(replacement_cpr="02032"), "cpr_format"),
    ],
)
def test_a_number_that_cannot_be_right_is_remarked_on(citizen: Citizen | None, code: str) -> None:
    assert codes(citizen) == [code]


def test_no_remark_repeats_the_number() -> None:
    (notice,) = citizen_notices(Citizen(cpr="3113489996"))

    assert "311348" not in notice.text


def test_the_real_number_identifies_before_the_replacement_number() -> None:
    assert Citizen(cpr="251248-9996", replacement_cpr="0203291WQ3").key == "2512489996"
    assert Citizen(cpr="0000000000", replacement_cpr="0203291wq3").key == "0203291WQ3"
    assert Citizen(cpr="0000000000").key is None


@pytest.mark.parametrize(
    ("citizen", "born"),
    [
        (Citizen(cpr="2512489996"), dt.date(1948, 12, 25)),
        (Citizen(replacement_cpr="0203291WQ3"), dt.date(1929, 3, 2)),
        (Citizen(replacement_cpr="3101057JC9"), dt.date(2005, 1, 31)),
        (Citizen(cpr="3113489996"), None),
        (Citizen(replacement_cpr="0203299WQ3"), None),
        (Citizen(), None),
    ],
)
def test_the_date_of_birth_is_read_from_the_number(citizen: Citizen, born: dt.date | None) -> None:
    assert birth_date(citizen) == born


def test_numbers_are_shown_with_a_hyphen_and_masked_in_lists() -> None:
    assert format_cpr("2512489996") == "251248-9996"
    assert format_cpr("0203291WQ3") == "020329-1WQ3"
    assert format_cpr("ukendt") == "ukendt"
    assert mask_cpr("2512489996") == "251248-••••"
    assert mask_cpr("ukendt") == "••••••-••••"


def test_a_name_is_what_is_known_of_it() -> None:
    assert Citizen(given_name="Nancy", surname="Ann Berggren").name == "Nancy Ann Berggren"
    assert Citizen(surname="Ann Berggren").name == "Ann Berggren"
    assert Citizen().name == ""
