"""Reads of the decisions: the newest first, by what they are and by the words in them.

Words are found by a full-text index, which triggers keep (see the migration): SQLite's FTS5, or a `tsvector`
of PostgreSQL. Both take the same for a word and number the texts in the order in which they came.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Row,
    Select,
    String,
    TableClause,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
    table,
)

from app.core.review import ReviewItem
from app.core.search import DecisionSearch
from app.db import queue
from app.db.queue import Summary
from app.db.rows import review_item_of
from app.db.tables import decisions, review_items

_keys = table("decision_search_keys", column("number"), column("decision_id"))
_index = table("decision_search", column("rowid"))
_vectors = table("decision_search", column("number"), column("decision_id"), column("words"))


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One line of a list of decisions: what was judged, and what a person made of it."""

    summary: Summary
    item: ReviewItem | None


@dataclass(frozen=True, slots=True)
class SearchCursor:
    """Where a page ended: the next one starts after this decision, be it still there or erased meanwhile."""

    place: int | datetime
    """The number of its text where words are searched for, else when it was made."""
    decision_id: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """One page of decisions."""

    rows: tuple[DecisionRow, ...]
    next: SearchCursor | None
    """None on the last page."""


def rows_statement(
    search: DecisionSearch, *, limit: int, after: SearchCursor | None, dialect: str
) -> Select[Any]:
    """Read the decisions of a search from after one, in the lines of a list, each with its `place`."""
    found = ids_statement(search, limit=limit, after=after, dialect=dialect).subquery()
    return (
        select(*queue.summary_columns(), *queue.item_columns(), found.c.place)
        .join_from(found, decisions, decisions.c.id == found.c.id)
        .join(review_items, review_items.c.decision_id == decisions.c.id, isouter=True)
        .order_by(found.c.place.desc(), decisions.c.id.desc())
    )


def ids_statement(
    search: DecisionSearch, *, limit: int, after: SearchCursor | None, dialect: str
) -> Select[Any]:
    """Read the ids of the decisions of a search, and the place that orders them."""
    if search.words:
        numbered = _matching_vectors(search) if dialect == "postgresql" else _matching_index(search)
        return _page_of(search, numbered, limit=limit, after=after)
    place = decisions.c.created_at
    statement = select(decisions.c.id, place.label("place")).where(*_conditions(search))
    if after is not None:
        # The first comparison follows from the second, and lets the index start at the place.
        statement = statement.where(
            place <= after.place, or_(place < after.place, decisions.c.id < after.decision_id)
        )
    return statement.order_by(place.desc(), decisions.c.id.desc()).limit(limit)


@dataclass(frozen=True, slots=True)
class _Matching:
    """Where the texts that have the words are, and how they are numbered."""

    source: FromClause
    condition: ColumnElement[bool]
    number: ColumnElement[Any]
    keys: TableClause
    """The table of the numbers of all texts."""


def _matching_index(search: DecisionSearch) -> _Matching:
    return _Matching(
        source=_index.join(_keys, _keys.c.number == _index.c.rowid),
        condition=literal_column("decision_search").op("MATCH")(match_expression(search)),
        number=_index.c.rowid,
        keys=_keys,
    )


def _matching_vectors(search: DecisionSearch) -> _Matching:
    wanted = cast([word.replace("\0", " ") for word in search.words], ARRAY(String))
    query = func.decision_search_query(wanted, search.unfinished)
    return _Matching(
        source=_vectors, condition=_vectors.c.words.op("@@")(query), number=_vectors.c.number, keys=_vectors
    )


def _page_of(
    search: DecisionSearch, matching: _Matching, *, limit: int, after: SearchCursor | None
) -> Select[Any]:
    place, keys = matching.number, matching.keys
    statement = (
        select(decisions.c.id, place.label("place"))
        .join_from(matching.source, decisions, decisions.c.id == keys.c.decision_id)
        .where(matching.condition, *_conditions(search))
    )
    if after is not None:
        statement = statement.where(place < after.place)
    return statement.order_by(place.desc()).limit(limit)


def match_expression(search: DecisionSearch) -> str:
    """Say the words in the language of the full-text index; quoted, none of them is an operator."""
    quoted = ['"' + word.replace('"', '""').replace("\0", " ") + '"' for word in search.words]
    return " ".join(quoted) + ("*" if search.unfinished else "")


def decision_row_of(row: Row[Any]) -> DecisionRow:
    """Read one line."""
    item = None if row.item_id is None else review_item_of(row, prefix="item_")
    return DecisionRow(queue.summary_of(row), item)


def _conditions(search: DecisionSearch) -> list[ColumnElement[bool]]:
    wanted = (
        (decisions.c.label, search.label),
        (decisions.c.category, search.category),
        (decisions.c.action, search.action),
        (decisions.c.author_id, search.author_id),
        (decisions.c.content_id, search.content_id),
    )
    conditions = [key == str(value) for key, value in wanted if value is not None]
    if search.created_from is not None:
        conditions.append(decisions.c.created_at >= search.created_from)
    if search.created_before is not None:
        conditions.append(decisions.c.created_at < search.created_before)
    return conditions
