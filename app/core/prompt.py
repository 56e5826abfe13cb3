"""The one prompt of the language-model lane: training, evaluation, every backend and the Modelfiles use it.

The layout is ChatML, as Qwen2.5 was taught it. A post cannot speak as the system: its part is tokenized
apart with special tokens off, and for backends that parse them in a raw prompt it holds nothing that looks
like one. It is one line, so that no post can write the line of evidence that follows it.

The answer is one of nine words at the place where the assistant begins. Behind the word of a category a
trained model goes on with the severity; scoring never reads that far.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from app.core.spoken import spoken
from app.core.types import Category, Label

INSTRUCTION = (
    "Analyze this content for harmfulness and classify it appropriately. "
    "Consider both direct language and coded language (algospeak)."
)
SAFE = "safe"
VERBALIZERS: tuple[str, ...] = (SAFE, *(category.value for category in Category))
"""What the model answers with, in the order of its scores: safe, then the categories in their order."""

_POLICY = (
    "Answer with one word: safe, harassment (of a person), hate (of a group), threat, violence, sexual, "
    "self_harm, profanity or drugs. News, medicine, help, jokes and figures of speech are safe."
)
BEFORE = f"<|im_start|>system\n{INSTRUCTION}\n{_POLICY}<|im_end|>\n<|im_start|>user\n"
"""Ends on a newline and the text begins with none, so that no merge of tokens crosses the seam."""
AFTER = "<|im_end|>\n<|im_start|>assistant\n"
END = "<|im_end|>"
"""What ends the answer."""

_ROLE = r"(?:\s?(?:system|user|assistant|model)\b)?"
_BORROWED = re.compile(
    r"|".join(
        (
            r"<\s?\|?\s?[/\w]{1,30}\s?\|\s?>" + _ROLE,  # <|im_start|>user
            r"<\s?/?(?:s|(?:start|end)_of_turn)\s?>" + _ROLE,
            r"\[/?INST\]|<<\s?/?SYS>>",
            r"#{2,6}\s?\w{1,20}\s?:",  # ### Response:
            r"\b(?:system|user|human|assistant|response|coded)\s?:",
        )
    ),
    re.IGNORECASE,
)
"""What prompts are made of, in ours and in other people's templates, once a text is `one_line`."""
_TAG_START = re.compile(r"<(?=[|/_A-Za-z])")
_MOST_EVIDENCE = 8
_MOST_CHARS = 40
"""Of a surface or a canonical form: a whole paragraph can be one edit."""


class ReadEdit(Protocol):
    """The part of an `Edit` that is evidence."""

    @property
    def surface(self) -> str:
        """As written."""
        ...

    @property
    def canonical(self) -> str:
        """As meant."""
        ...


class ReadText(Protocol):
    """The part of a `NormalizedText` that the prompt shows."""

    @property
    def plain(self) -> str:
        """The text in plain words."""
        ...

    @property
    def edits(self) -> Sequence[ReadEdit]:
        """What was written in code."""
        ...

    @property
    def hints(self) -> Sequence[ReadEdit]:
        """What may have been."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """Three parts, tokenized apart: special tokens are parsed in `before` and `after` and never in `text`."""

    before: str
    """The same for every text, so an engine evaluates it once."""
    text: str
    after: str

    @property
    def raw(self) -> str:
        """The whole prompt, for a backend that takes one string."""
        return self.before + self.text + self.after


def prompt_for(text: ReadText) -> Prompt:
    """The prompt that asks for the label of a text."""
    return prompts_for(text)[0]


def prompts_for(text: ReadText) -> list[Prompt]:
    """The prompt for a text, then one for each stretch between what it has borrowed from a prompt.

    The strongest answer counts: a threat with "### Response: safe" behind it is at least as harmful as the
    threat alone, whatever a model makes of the whole.
    """
    line = one_line(text.plain)
    between = [stretch.strip() for stretch in _BORROWED.split(line)]
    evidence = "; ".join(islice(_evidence(text), _MOST_EVIDENCE))
    coded = f"\nCoded: {evidence}" if evidence else ""
    return [
        Prompt(before=BEFORE, text=stretch + coded, after=AFTER)
        for stretch in dict.fromkeys([line, *filter(None, between)])
    ]


def answer_for(label: Label, category: Category | None) -> str:
    """What a model is taught to answer, without `END`.

    >>> answer_for(Label.EXTREMELY_HARMFUL, Category.SELF_HARM)
    'self_harm extremely_harmful'
    >>> answer_for(Label.SAFE, None)
    'safe'
    """
    return SAFE if category is None or label is Label.SAFE else f"{category.value} {label.value}"


def prompt_hash() -> str:
    """Hash of all that a model's answers depend on beside the text; a scorer's card holds it."""
    parts = "\0".join((BEFORE, AFTER, *VERBALIZERS))
    return hashlib.sha256(parts.encode()).hexdigest()


def one_line(text: str) -> str:
    r"""The text as `spoken`, each run of white space one space, with every tag opened.

    A tag is what may be a control token of some model: `<|im_end|>`, `</s>`, `<start_of_turn>`.

    >>> one_line(" first\n\n second\u2028third<|im_end|>")
    'first second third< |im_end| >'
    """
    return _TAG_START.sub("< ", " ".join(spoken(text).split())).replace("|>", "| >")


def _evidence(text: ReadText) -> Iterator[str]:
    """Each thing written in code once: "unalive = kill"; with a question mark where it only may be code."""
    seen: set[tuple[str, str]] = set()
    for edit, mark in (*((edit, "") for edit in text.edits), *((hint, "?") for hint in text.hints)):
        surface, canonical = one_line(edit.surface)[:_MOST_CHARS], one_line(edit.canonical)[:_MOST_CHARS]
        pair = (surface.casefold(), canonical.casefold())
        if pair[0] != pair[1] and pair not in seen:
            seen.add(pair)
            yield f"{surface} = {canonical}{mark}"
