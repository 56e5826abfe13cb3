"""Terms as the text of a lexicon file, in the format of policies/lexicon.

`app.core.lexicon` reads what this writes; a property test holds that nothing is lost on the way.
"""

import json
import re
from collections.abc import Iterable

from app.core.lexicon import Term

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def written(terms: Iterable[Term]) -> str:
    """The TOML text of terms, in their order.

    >>> from app.core.lexicon import Form
    >>> from app.core.types import Category
    >>> print(written([Term("seggs", Category.SEXUAL, (Form("seggs", "sex"), Form("🥚", "sex")))]), end="")
    [[term]]
    id = "seggs"
    category = "sexual"
    ambiguous = false
    <BLANKLINE>
    [term.forms]
    seggs = "sex"
    "🥚" = "sex"
    """
    return "\n".join(_written(term) for term in terms)


def _written(term: Term) -> str:
    lines = [
        "[[term]]",
        f"id = {_quoted(term.id)}",
        f"category = {_quoted(term.category.value)}",
        f"ambiguous = {str(term.ambiguous).lower()}",
    ]
    for key, value in (("note", term.note), ("source", term.source), ("since", term.since)):
        if value:
            lines.append(f"{key} = {_quoted(value)}")
    for key, cues in (("cues", term.cues), ("anti_cues", term.anti_cues)):
        if cues:
            lines.append(f"{key} = [{', '.join(map(_quoted, cues))}]")
    lines += ["", "[term.forms]"]
    lines += [f"{_key(form.surface)} = {_quoted(form.canonical)}" for form in term.forms]
    return "\n".join(lines) + "\n"


def _key(surface: str) -> str:
    return surface if _BARE_KEY.fullmatch(surface) else _quoted(surface)


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's, and DEL escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
