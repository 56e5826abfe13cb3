"""The panel of posts that are nearly the same as the one a person looks at, as values for a page."""

from dataclasses import dataclass
from datetime import datetime

from app.core.waves import Stretch, compare
from app.services.review import MOST_SHOWN, Wave, WaveMember
from app.web.evidence import severe_item

_AROUND = 60
"""Characters that are shown before and after a difference, where what both texts share is longer."""
_ID_MAX_CHARS = 100
_VERSION_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Like:
    """Another post of the wave."""

    id: str
    author: str | None
    holder: str | None
    """Who else holds it, so that a ruling leaves it out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What some posts of the wave say."""

    posts: tuple[Like, ...]
    same: bool
    """Whether it is, in plain words, just what the open post says."""
    ours: tuple[Stretch, ...]
    theirs: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What is shown of a wave."""

    waiting: int
    shown: int
    free: int
    """Those shown that nobody else holds."""
    wordings: tuple[Wording, ...]
    severe: bool
    others: str
    """Those shown, as a form carries them: "id:version id:version"."""


def panel_of(wave: Wave, plain: str, *, person: str, now: datetime) -> Panel:
    """Gather the posts of a wave by what they say; those that say the same as the open one come first."""
    by_text: dict[str, list[WaveMember]] = {}
    for member in wave.members:
        by_text.setdefault(member.plain, []).append(member)
    wordings = [
        _wording(members, plain, person=person, now=now)
        for _, members in sorted(by_text.items(), key=lambda found: found[0] != plain)
    ]
    likes = [like for wording in wordings for like in wording.posts]
    return Panel(
        waiting=wave.waiting,
        shown=len(likes),
        free=sum(like.holder is None for like in likes),
        wordings=tuple(wordings),
        severe=any(severe_item(member.item) for member in wave.members),
        others=" ".join(f"{member.item.id}:{member.item.version}" for member in wave.members),
    )


def parse_others(value: str) -> tuple[tuple[str, int], ...] | None:
    """Read which other items a form carries, by id and version; None where it cannot be read."""
    found = []
    for each in value.split():
        item_id, _, version = each.rpartition(":")
        readable = version.isascii() and version.isdigit() and len(version) <= _VERSION_MAX_DIGITS
        if not readable or not 0 < len(item_id) <= _ID_MAX_CHARS:
            return None
        found.append((item_id, int(version)))
    return tuple(found) if len(found) <= MOST_SHOWN else None


def _wording(members: list[WaveMember], plain: str, *, person: str, now: datetime) -> Wording:
    compared = compare(plain, members[0].plain)
    return Wording(
        posts=tuple(_like(member, person=person, now=now) for member in members),
        same=members[0].plain == plain,
        ours=_abridged(compared.one),
        theirs=_abridged(compared.other),
    )


def _like(member: WaveMember, *, person: str, now: datetime) -> Like:
    claim = member.item.held_at(now)
    holder = claim.holder if claim is not None and claim.holder != person else None
    return Like(member.item.id, member.author_id, holder)


def _abridged(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Shorten long stretches that both texts share; what differs is shown whole, however long it is."""
    return tuple(
        each
        if each.differs or len(each.text) <= 3 * _AROUND
        else Stretch(f"{each.text[:_AROUND]} … {each.text[-_AROUND:]}", differs=False)
        for each in stretches
    )
