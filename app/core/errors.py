"""Every error Plainspeak raises on purpose, in one tree.

    PlainspeakError
    ├── InvalidContent
    │   ├── EmptyText
    │   ├── TextTooLong
    │   ├── BatchTooLarge
    │   ├── UnreadableText
    │   ├── FieldRepeated
    │   ├── NoExplainer
    │   ├── AttributeUnknown
    │   ├── AttributeUnscored
    │   ├── LanguageUnsupported
    │   ├── ImageNotJudged
    │   ├── IdInvalid
    │   ├── IdempotencyKeyInvalid
    │   └── TargetRefused
    ├── IdempotencyKeyReused
    ├── NotFound
    ├── ReviewConflict
    │   ├── ReviewHeld
    │   ├── SecondPersonNeeded
    │   └── UndoRefused
    ├── AppealConflict
    ├── TermConflict
    ├── PolicyConflict
    ├── PersonInvalid
    ├── PersonConflict
    ├── FormExpired
    ├── AccessDenied
    │   ├── KeyMissing
    │   ├── KeyInvalid
    │   ├── ScopeMissing
    │   ├── LoginMissing
    │   ├── LoginRefused
    │   └── RoleMissing
    ├── RateLimited
    ├── QueueFull
    ├── ModelError
    │   ├── ModelMissing
    │   ├── ModelCorrupt
    │   ├── ModelMismatch
    │   ├── CardInvalid
    │   ├── ModelExists
    │   ├── DownloadFailed
    │   └── EngineFailed
    ├── SettingsInvalid
    ├── SecretUnreadable
    ├── LexiconInvalid
    ├── PolicyInvalid
    ├── DatasetInvalid
    └── StorageError
        ├── DatabaseLocked
        ├── DatabaseReadOnly
        ├── DatabaseUnusable
        ├── DatabaseInUse
        ├── BackupRefused
        └── SchemaMismatch

A message names the value and the next thing to do. `code` is stable and meant for programs. How an error
looks over HTTP is decided in `app.web.errors` and `app.web.problems` alone.
"""

from typing import ClassVar


class PlainspeakError(Exception):
    """Base of the tree. The message is one or two sentences for a person."""

    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"


class InvalidContent(PlainspeakError):
    """The submitted content cannot be judged as it is."""

    code = "invalid_content"
    title = "The content cannot be judged"


class EmptyText(InvalidContent):
    """The text is empty or only white space."""

    code = "empty_text"
    title = "The text is empty"


class TextTooLong(InvalidContent):
    """The text has more characters than the configured limit."""

    code = "text_too_long"
    title = "The text is too long"


class BatchTooLarge(InvalidContent):
    """More texts came in one request than the configured limit."""

    code = "batch_too_large"
    title = "The batch is too large"


class UnreadableText(InvalidContent):
    """The content holds code points that are not characters (lone surrogates, zero bytes)."""

    code = "unreadable_text"
    title = "The text is not valid Unicode"


class FieldRepeated(InvalidContent):
    """An object has a field twice, and readers differ on which of them counts."""

    code = "repeated_field"
    title = "A field is there twice"


class NoExplainer(InvalidContent):
    """An explanation was asked for and no language model is loaded."""

    code = "no_explainer"
    title = "No language model to explain with"


class AttributeUnknown(InvalidContent):
    """A score was asked for under a name that nobody uses."""

    code = "attribute_unknown"
    title = "The attribute is not known"


class AttributeUnscored(InvalidContent):
    """A score was asked for that another service gives and this one does not."""

    code = "attribute_unscored"
    title = "The attribute is not scored"


class LanguageUnsupported(InvalidContent):
    """The text is said to be in a language the model was not made for."""

    code = "language_unsupported"
    title = "The language is not judged"


class ImageNotJudged(InvalidContent):
    """An image was sent."""

    code = "image_not_judged"
    title = "Images are not judged"


class IdInvalid(InvalidContent):
    """An id of the caller's own could not be asked for again."""

    code = "id_invalid"
    title = "The id cannot be used"


class IdempotencyKeyInvalid(InvalidContent):
    """The Idempotency-Key is none."""

    code = "idempotency_key_invalid"
    title = "The Idempotency-Key cannot be used"


class TargetRefused(InvalidContent):
    """Nothing is sent to the address."""

    code = "target_refused"
    title = "Nothing is sent there"


class IdempotencyKeyReused(PlainspeakError):
    """The Idempotency-Key was sent before with another request."""

    code = "idempotency_key_reused"
    title = "The Idempotency-Key belongs to another request"


class NotFound(PlainspeakError):
    """There is no such decision, review item, term or person."""

    code = "not_found"
    title = "Not found"


class ReviewConflict(PlainspeakError):
    """The review item changed since it was read."""

    code = "review_conflict"
    title = "The item has changed"


class TermConflict(PlainspeakError):
    """The term changed since it was read."""

    code = "term_conflict"
    title = "The term has changed"


class PersonInvalid(PlainspeakError):
    """A name or a password cannot be taken."""

    code = "person_invalid"
    title = "The name or the password cannot be taken"


class PersonConflict(PlainspeakError):
    """A change to the people that would leave two of one name, or no admin."""

    code = "person_conflict"
    title = "The people cannot be changed so"


class ReviewHeld(ReviewConflict):
    """Somebody else holds the review item."""

    code = "review_held"
    title = "Somebody else holds the item"


class SecondPersonNeeded(ReviewConflict):
    """Who decided a post does not rule on the appeal against it."""

    code = "second_person_needed"
    title = "A second person rules on the appeal"


class AppealConflict(PlainspeakError):
    """Another appeal is open on the decision."""

    code = "appeal_open"
    title = "An appeal is open already"


class UndoRefused(ReviewConflict):
    """A ruling cannot be taken back: too late, not one's own, or the item has moved on."""

    code = "undo_refused"
    title = "The ruling cannot be undone"


class PolicyConflict(PlainspeakError):
    """The policy changed since it was read."""

    code = "policy_conflict"
    title = "The policy has changed"


class FormExpired(PlainspeakError):
    """A form came back without the token that its page was given."""

    code = "form_expired"
    title = "The form has expired"


class AccessDenied(PlainspeakError):
    """The caller may not do this."""

    code = "access_denied"
    title = "Not allowed"


class KeyMissing(AccessDenied):
    """A key is asked for and the request has none."""

    code = "missing_api_key"
    title = "A key is missing"


class KeyInvalid(AccessDenied):
    """The key is unknown or revoked."""

    code = "invalid_api_key"
    title = "The key is not valid"


class ScopeMissing(AccessDenied):
    """The key is good for other things."""

    code = "insufficient_scope"
    title = "The key has another scope"


class LoginMissing(AccessDenied):
    """The page is for people who are logged in."""

    code = "login_missing"
    title = "Log in first"


class LoginRefused(AccessDenied):
    """The name and the password do not belong together, or nobody may log in by them."""

    code = "login_refused"
    title = "The login was refused"


class RoleMissing(AccessDenied):
    """The person may do other things."""

    code = "insufficient_role"
    title = "Your role does not include this"


class RateLimited(PlainspeakError):
    """The caller has sent more than it may."""

    code = "rate_limit_exceeded"
    title = "Too many requests"

    def __init__(self, message: str, *, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        """Whole seconds after which a call may succeed."""


class QueueFull(PlainspeakError):
    """More work is waiting than the queue holds."""

    code = "queue_full"
    title = "The queue is full"


class ModelError(PlainspeakError):
    """The model cannot be used."""

    code = "model_error"
    title = "The model cannot be used"


class ModelMissing(ModelError):
    """There is no file at the model's path."""

    code = "model_missing"
    title = "The model file is missing"


class ModelCorrupt(ModelError):
    """The file is not a GGUF that llama.cpp can load."""

    code = "model_corrupt"
    title = "The model file is corrupt"


class ModelMismatch(ModelError):
    """The file's hash is not the one on its card."""

    code = "model_mismatch"
    title = "The model file is not the one on its card"


class CardInvalid(ModelError):
    """The model's card is missing or does not describe it."""

    code = "card_invalid"
    title = "The model card is missing or invalid"


class ModelExists(ModelError):
    """The model has a card already, which is not written over."""

    code = "model_exists"
    title = "The model has a card"


class DownloadFailed(ModelError):
    """A model could not be downloaded."""

    code = "download_failed"
    title = "The download failed"


class EngineFailed(ModelError):
    """The engine returned an error while scoring."""

    code = "engine_failed"
    title = "The engine failed"


class SettingsInvalid(PlainspeakError):
    """A setting cannot be used."""

    code = "settings_invalid"
    title = "A setting is invalid"


class SecretUnreadable(PlainspeakError):
    """What was encrypted cannot be read with the secret of the service."""

    code = "secret_unreadable"
    title = "A secret cannot be read"


class LexiconInvalid(PlainspeakError):
    """A lexicon file breaks its format."""

    code = "lexicon_invalid"
    title = "The lexicon is invalid"


class PolicyInvalid(PlainspeakError):
    """The policy file breaks its format."""

    code = "policy_invalid"
    title = "The policy is invalid"


class DatasetInvalid(PlainspeakError):
    """A labelled file for evaluation or training breaks its format."""

    code = "dataset_invalid"
    title = "The dataset is invalid"


class StorageError(PlainspeakError):
    """The database did not do what was asked. Nothing was acknowledged."""

    code = "storage_error"
    title = "The database failed"


class DatabaseLocked(StorageError):
    """Another process holds the database for longer than the wait."""

    code = "database_locked"
    title = "The database is locked"


class DatabaseReadOnly(StorageError):
    """The database file or its folder cannot be written."""

    code = "database_read_only"
    title = "The database is read-only"


class DatabaseUnusable(StorageError):
    """The database cannot be opened or is damaged."""

    code = "database_unusable"
    title = "The database cannot be used"


class DatabaseInUse(StorageError):
    """The database holds decisions, and what is made up must not be mixed with them."""

    code = "database_in_use"
    title = "The database is in use"


class BackupRefused(StorageError):
    """A copy of the database is not made, or not put back, because something would be lost by it."""

    code = "backup_refused"
    title = "The backup is refused"


class SchemaMismatch(StorageError):
    """The database was made by another version of Plainspeak."""

    code = "schema_mismatch"
    title = "The database schema does not match"
