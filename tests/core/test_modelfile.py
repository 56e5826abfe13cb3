"""The Modelfiles of the repository are the prompt, to the letter."""

from pathlib import Path

import pytest

from app.core.modelfile import MODELFILES, modelfile
from app.core.prompt import prompt_for
from app.core.types import NormalizedText

FOLDER = Path(__file__).parents[2] / "modelfiles"


@pytest.mark.parametrize("name", MODELFILES)
def test_a_modelfile_of_the_repository_is_the_rendered_one(name: str) -> None:
    assert (FOLDER / f"{name}.Modelfile").read_text(encoding="utf-8") == modelfile(MODELFILES[name])


def test_there_is_no_other_modelfile() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(MODELFILES)


def test_what_ollama_makes_of_a_text_is_the_prompt_of_the_service() -> None:
    template = modelfile("x.gguf").split('"""')[1]
    text = "i want to disappear"
    assert template.replace("{{ .Prompt }}", text) == prompt_for(NormalizedText(text, text)).raw
