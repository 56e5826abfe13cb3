"""How deep a JSON body nests, told before a parser that recurses sees it.

The parser's own end is wherever its stack ends, which differs by version and by how deep the caller stands.
"""

import re

MOST_DEPTH = 32
"""Objects and lists inside one another. A request that is understood needs six at most."""
TOO_DEEP = f"The body nests deeper than {MOST_DEPTH} objects and lists, or does not close them."

# An open end counts too: what follows it is no JSON, and every search begins where the last one ended.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_AS_LISTS = bytes.maketrans(b"{}", b"[]")
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def is_too_deep(body: bytes, *, most: int = MOST_DEPTH) -> bool:
    r"""Whether JSON nests deeper than so much, or is none because its brackets do not close.

    Linear in the length of the body.

    >>> is_too_deep(b"[" * 33 + b"]" * 33), is_too_deep(b"[" * 32 + b"]" * 32)
    (True, False)
    >>> is_too_deep(b'{"text": "' + b"[" * 100 + b'"}')
    False
    """
    if body.count(b"[") + body.count(b"{") <= most:
        return False
    brackets = _STRING.sub(b"", body).translate(_AS_LISTS, _NOT_BRACKETS)
    # Each round takes the innermost pairs away.
    for _ in range(most):
        brackets = brackets.replace(b"[]", b"")
        if not brackets:
            return False
    return True
