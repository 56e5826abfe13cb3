from itertools import pairwise

from app.core.types import Action, Category, Label, NormalizedText, most_severe, strongest


def test_labels_and_actions_are_ordered_from_least_to_most() -> None:
    assert [label.severity for label in Label] == [0, 1, 2, 3]
    assert [action.strength for action in Action] == [0, 1, 2]
    assert all(most_severe(pair) is pair[1] for pair in pairwise(Label))
    assert all(strongest(pair) is pair[1] for pair in pairwise(Action))


def test_nothing_is_safe_and_allowed() -> None:
    assert most_severe([]) is Label.SAFE
    assert strongest([]) is Action.ALLOW


def test_people_read_names_and_not_keys() -> None:
    assert Category.SELF_HARM.display_name == "Self-harm"
    assert Category.HATE.display_name == "Hate"
    assert Label.EXTREMELY_HARMFUL.display_name == "Extremely harmful"


def test_a_plain_text_that_differs_in_case_only_is_read_once() -> None:
    assert NormalizedText("HELLO", "hello").readings == ("HELLO",)
    assert NormalizedText("k!ll", "kill").readings == ("k!ll", "kill")
