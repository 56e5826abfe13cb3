"""The form with which a person rules: what they can choose, what comes of it, and how it is read."""

from dataclasses import dataclass, replace

from app.core.appeals import Appeal
from app.core.review import ReviewItem
from app.core.types import Action, Category, ReviewState, Ruling, RulingAction
from app.web.waves import parse_others

NOTE_MAX_CHARS = 2000
VERSION_MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, and what comes of it."""

    action: str
    name: str
    key: str
    consequence: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed, to be shown again when their form was not accepted."""

    category: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A ruling form as it was filled in."""

    ruling: Ruling
    version: int
    others: tuple[tuple[str, int], ...] = ()
    """Other items of the wave to rule on as well, by id and version."""


SKIP = Choice("skip", "Skip", "s", "Decides nothing. It comes back after the rest.")


def choices_for(item: ReviewItem, *, supportive: bool, appeal: Appeal | None = None) -> tuple[Choice, ...]:
    """Give what can still be done with an item, and the consequence in plain words."""
    if item.state is ReviewState.RESOLVED:
        return ()
    overturns = item.action is Action.BLOCK
    allow = Choice("allow", "Allow", "f", "Closes the item. The post may stay.")
    block = Choice("block", "Block", "d", "Closes the item. The post should go.")
    if overturns:
        allow = Choice("allow", "Allow", "f", "Closes the item and overturns the machine: the post may stay.")
        block = Choice("block", "Block", "d", "Closes the item. The machine was right to block the post.")
    escalate = Choice("escalate", "Escalate", "e", "Keeps it in the queue for a second person.")
    if supportive:
        allow = Choice("allow", "Keep the post", "f", "Closes the item. The post stays; write to its author.")
        block = Choice(
            "block", "Hide with care", "d", "Closes the item. Tell the author kindly why, with a helpline."
        )
        escalate = Choice("escalate", "Get support", "e", "Hands it to a second person who can reach out.")
    if appeal is not None:
        allow, block = (
            replace(each, consequence=_on_appeal(each.consequence, RulingAction(each.action), appeal))
            for each in (allow, block)
        )
    again = item.state is ReviewState.ESCALATED
    return (allow, block, SKIP) if again else (allow, block, escalate, SKIP)


def _on_appeal(consequence: str, action: RulingAction, appeal: Appeal) -> str:
    stays = "stands" if action is appeal.against else "is overturned"
    return f"{consequence} On the appeal: what was decided {stays}."


def draft_of(fields: dict[str, str]) -> Draft:
    """Take what a person typed from a form of an item."""
    return Draft(fields.get("category", ""), fields.get("note", ""))


def parse_version(fields: dict[str, str]) -> int | None:
    """Read which version of the item a form was made on; None when it does not say."""
    version = fields.get("version", "")
    readable = version.isascii() and version.isdigit() and len(version) <= VERSION_MAX_DIGITS
    return int(version) if readable else None


def parse_submission(fields: dict[str, str], *, actor: str) -> Submission | str:
    """Read a ruling form, or say in a sentence what is wrong with it."""
    action, category, version = fields.get("action", ""), fields.get("category", ""), parse_version(fields)
    # Browsers send line ends as CR LF.
    note = fields.get("note", "").replace("\r\n", "\n").strip()
    if action not in {each.value for each in RulingAction}:
        return "Your ruling was not stored: choose allow, block or escalate."
    if category and category not in {each.value for each in Category}:
        return "Your ruling was not stored: choose a category from the list."
    if version is None:
        return "Your ruling was not stored: the form was incomplete. Rule again on the item below."
    if len(note) > NOTE_MAX_CHARS:
        return (
            f"Your ruling was not stored: the note has {len(note)} characters, "
            f"and at most {NOTE_MAX_CHARS} fit. Shorten it and rule again."
        )
    others = parse_others(fields.get("others", "")) if fields.get("all") else ()
    if others is None:
        return "Your ruling was not stored: the list of the other posts was incomplete. Rule again below."
    ruling = Ruling(RulingAction(action), actor, category=Category(category) if category else None, note=note)
    return Submission(ruling, version, others)
