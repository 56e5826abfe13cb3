"""The steps of the normalizer: each reads the text as it stands and proposes edits, and changes nothing.

A step has the shape `(text, lexicon) -> proposals`. Order and repetition belong to `app.core.normalize`,
offsets to `app.core.alignment`.
"""
