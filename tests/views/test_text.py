import pytest

import contract
from views.text import day, euros, messages, month, number, percent, text

NARROW = "\u202f"


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [(1234, "fr", f"1{NARROW}234"), (1234, "en", "1,234"), (0, "fr", "0"), (12.5, "fr", "12")],
)
def test_numbers_follow_the_language(value: float, language: str, expected: str) -> None:
    assert number(value, language).replace("\u00a0", NARROW) == expected


@pytest.mark.parametrize("language", contract.LANGUAGES)
@pytest.mark.parametrize("missing", [None, float("nan")])
def test_missing_is_said_and_is_never_zero(missing: float | None, language: str) -> None:
    for write in (number, percent, euros, day):
        assert write(missing, language) == contract.unknown(language)


def test_amounts_are_rounded_to_their_size() -> None:
    assert euros(1_400_000_000, "fr").replace("\u00a0", NARROW) == f"1,4{NARROW}Md€"
    assert euros(1_400_000_000, "en") == "€1.4bn"
    assert euros(250, "en") == "€250"


def test_dates_keep_their_precision() -> None:
    assert day("2020-07-20", "fr") == "20 juillet 2020"
    assert day("2021-09", "en") == "September 2021"
    assert day("2022", "fr") == "2022"
    assert month("2021-02", "fr") == "février 2021"


def test_percentages_follow_the_language() -> None:
    assert percent(0.123, "en") == "12.3%"
    assert percent(0.123, "fr").replace("\u00a0", NARROW).replace(NARROW, " ") == "12,3 %"


def test_both_languages_have_the_same_messages() -> None:
    assert set(messages("fr")) == set(messages("en"))


def test_an_unknown_message_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(KeyError):
        text("no_such_message", "fr")
