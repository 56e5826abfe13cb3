"""Every language that a post can be taken for has a name."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.core.language import ENGLISH, NO_LANGUAGE
from app.core.language_names import NAMES, other_names


def test_each_language_that_can_be_guessed_has_a_name_of_its_own() -> None:
    guessed = set(LanguageIdentifier.from_model_file(MODEL_FILE).nb_classes) - {NO_LANGUAGE}
    assert set(NAMES) == guessed
    assert len(set(NAMES.values())) == len(NAMES)


def test_the_other_languages_come_in_the_order_of_their_names() -> None:
    names = list(other_names().values())
    assert names == sorted(names)
    assert set(other_names()) == set(NAMES) - {ENGLISH}
