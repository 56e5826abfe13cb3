"""Names, passwords, roles and signed cookies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import PersonInvalid
from app.core.people import Role, check_name, check_password, cookie_of, session_id_in

SECRET = b"s" * 32


@pytest.mark.parametrize("name", ["ada", "a", "ada.lovelace", "x_y-z.9", "a" * 40])
def test_names_are_small_letters_digits_and_marks(name: str) -> None:
    assert check_name(f" {name.upper()} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-a",
        ".a",
        "a b",
        "a" * 41,
        "аda",
        "é",
        "a/b",
        "<b>",
        "a\nb",
        "operator",
        "plainspeak",
        "ps_1",
        "moderator-3f2a9c",
    ],
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(PersonInvalid):
        check_name(name)


@pytest.mark.parametrize(
    "password",
    ["", "elevenchars", "a" * 12, "ababababababab", "adaadaadaada", "x" * 201, "ada-ada-ada-ada"],
)
def test_weak_passwords_are_refused_and_never_repeated(password: str) -> None:
    with pytest.raises(PersonInvalid) as refused:
        check_password(password, name="ada")
    assert not password or password not in str(refused.value)


@pytest.mark.parametrize(
    "password", ["seven green apples", "пароль из слов", "twelve chars", "ﬁve ligatures"]
)
def test_long_passwords_of_any_letters_are_taken(password: str) -> None:
    assert check_password(password, name="ada")


def test_one_password_typed_on_two_keyboards_is_one() -> None:
    assert check_password("cafe\u0301 au lait, please", name="a") == check_password(
        "caf\u00e9 au lait, please", name="a"
    )


def test_roles_include_those_before_them() -> None:
    assert [[one.includes(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


@given(st.text())
def test_only_a_cookie_of_ours_names_a_session(cookie: str) -> None:
    assert session_id_in(cookie, secret=SECRET) is None
    assert session_id_in(cookie_of("id", secret=SECRET), secret=SECRET) == "id"
    assert session_id_in(cookie_of("id", secret=b"other"), secret=SECRET) is None
