"""The tokenizer of a decoder: made from texts, and the three parts of a prompt through it.

A byte-level BPE with Qwen2's way of cutting text, as llama.cpp knows it under the name "qwen2".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tokenizers
from tokenizers import Regex, decoders, models, pre_tokenizers, trainers
from transformers import AutoTokenizer
from transformers import PreTrainedTokenizerFast as Tokenizer

from app.core.prompt import AFTER, BEFORE, END, VERBALIZERS
from app.core.types import Label

PAD = "<|endoftext|>"
SPECIAL = (PAD, "<|im_start|>", END)
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_CUT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+"
    r"|\s+(?!\S)|\s+"
)
_WORDS_REPEATED = 3000
"""How often the words of prompt and answers are shown, so that each becomes one token."""


@dataclass(frozen=True, slots=True)
class PromptTokens:
    """The tokens that every prompt shares, and the first of each word of the answer."""

    before: list[int]
    after: list[int]
    words: list[int]
    """In the order of VERBALIZERS."""
    end: int


def train_tokenizer(texts: Iterable[str], *, size: int) -> Tokenizer:
    """A tokenizer of `size` tokens for these texts and for the prompt."""
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_CUT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    answers = [f"{word} {label.value}" for word in VERBALIZERS for label in Label]
    plain = [part.replace("<|im_start|>", "").replace(END, "") for part in (BEFORE, AFTER)]
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    corpus = (text for many in (texts, (answers + plain) * _WORDS_REPEATED) for text in many)
    tokenizer.train_from_iterator(corpus, trainer=trainer)
    return Tokenizer(tokenizer_object=tokenizer, eos_token=END, pad_token=PAD, chat_template=CHAT_TEMPLATE)


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a model's folder."""
    return AutoTokenizer.from_pretrained(folder)


def prompt_tokens(tokenizer: Tokenizer) -> PromptTokens:
    """The shared tokens."""
    (end,) = encode(tokenizer, END, special=True)
    return PromptTokens(
        before=encode(tokenizer, BEFORE, special=True),
        after=encode(tokenizer, AFTER, special=True),
        words=[encode(tokenizer, word)[0] for word in VERBALIZERS],
        end=end,
    )


def encode(tokenizer: Tokenizer, text: str, *, special: bool = False) -> list[int]:
    """Token ids; what looks like a special token is one only where `special` says so."""
    found: list[int] = tokenizer.encode(text, add_special_tokens=False, split_special_tokens=not special)
    return found
