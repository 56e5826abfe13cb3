"""Opening a file: every way it can be wrong is a clear error."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.classifiers.gguf import card_path_of, open_classifier, open_scorer, read_card, sha256_of
from app.core.classify import Classifier
from app.core.errors import CardInvalid, ModelCorrupt, ModelError, ModelMismatch, ModelMissing
from app.core.types import Category, NormalizedText

MakeModel = Callable[..., Path]


def open_one(path: Path) -> Classifier:
    return open_classifier(path, threads=1, queue_size=64)


def test_a_model_with_its_card_answers(make_model: MakeModel) -> None:
    path = make_model()
    classifier = open_one(path)
    (found,) = classifier.classify([NormalizedText("hello", "hello")])
    classifier.close()
    assert classifier.version == f"tiny@{sha256_of(path)[:12]}"
    assert len(found.signals) == len(Category) + 1


def test_a_missing_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"no model at '.*nowhere\.gguf'.*PLAINSPEAK_MODEL"):
        open_one(tmp_path / "nowhere.gguf")


def test_a_missing_language_model_says_what_may_be_named() -> None:
    with pytest.raises(ModelMissing, match=r"no model at 'Ollama:x'.*PLAINSPEAK_SCORER.*ollama:NAME"):
        open_scorer(Path("Ollama:x"), threads=1, queue_size=8, alone=False)


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        open_one(tmp_path)


def test_a_missing_card_says_what_to_put_beside_the_file(make_model: MakeModel) -> None:
    path = make_model()
    card_path_of(path).unlink()
    with pytest.raises(CardInvalid, match=r"has no card\. Put 'tiny\.card\.json' beside it"):
        open_one(path)


def test_a_file_cut_short_is_not_the_one_on_its_card(make_model: MakeModel, tiny_bytes: bytes) -> None:
    path = make_model()
    path.write_bytes(tiny_bytes[:-1])
    with pytest.raises(ModelMismatch, match="its card says"):
        open_one(path)


def test_a_card_with_a_byte_order_mark_is_read(make_model: MakeModel) -> None:
    path = make_model()
    card = card_path_of(path)
    card.write_text(card.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert read_card(path).name == "tiny"


@pytest.mark.parametrize("raw", [b'{"name": "\xff"}', b"[" * 100_000, b""])
def test_a_card_that_is_no_json_is_refused(make_model: MakeModel, raw: bytes) -> None:
    path = make_model()
    card_path_of(path).write_bytes(raw)
    with pytest.raises(CardInvalid, match=r"card of 'tiny\.gguf' cannot be used"):
        open_one(path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a file whose start nobody can read")
def test_a_model_that_cannot_be_read_says_what_to_do(make_model: MakeModel) -> None:
    path = make_model()
    path.unlink()
    path.symlink_to("/proc/self/mem")
    with pytest.raises(ModelError, match=r"cannot be read .*Let the user that Plainspeak runs as read it"):
        open_one(path)


def test_a_card_with_another_hash_is_refused(make_model: MakeModel) -> None:
    with pytest.raises(ModelMismatch, match=r"its card says 000000000000\.\.\."):
        open_one(make_model(sha256="0" * 64))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda _: b"not a model " * 400, id="garbage"),
        pytest.param(lambda content: content[:300], id="cut in the header"),
        pytest.param(lambda content: content[:-2000], id="cut in the weights"),
        pytest.param(lambda content: content[:24] + b"\xff" * 56 + content[80:], id="absurd lengths"),
    ],
)
def test_a_broken_file_with_a_matching_hash_is_corrupt(
    make_model: MakeModel, tiny_bytes: bytes, spoil: Callable[[bytes], bytes]
) -> None:
    path = make_model(content=spoil(tiny_bytes))
    with pytest.raises(ModelCorrupt, match=r"llama\.cpp cannot load"):
        open_one(path)


def test_a_card_whose_labels_are_not_the_files_is_refused(make_model: MakeModel) -> None:
    names = [category.value for category in Category]
    with pytest.raises(CardInvalid, match="lists the outputs"):
        open_one(make_model(labels=names[::-1]))


def test_a_card_of_another_kind_is_refused(make_model: MakeModel) -> None:
    with pytest.raises(CardInvalid, match="decoder"):
        open_one(make_model(kind="decoder"))


def test_a_window_longer_than_the_model_is_refused(make_model: MakeModel) -> None:
    with pytest.raises(CardInvalid, match="windows of 65 tokens"):
        open_one(make_model(window={"tokens": 65, "overlap": 8}))


def test_reading_a_card_loads_nothing(make_model: MakeModel) -> None:
    assert read_card(make_model(content=b"anything")).name == "tiny"
