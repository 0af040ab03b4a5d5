"""Every error this project raises on purpose, drawn as a tree; branches are by remedy.

    AssistantError
      UserInputError            the person can mend it; may be shown
        UsageError              a command was called with something it cannot take
        SettingsError           the environment or `.env` holds something wrong
        LinkRefusedError        a link leads where nothing is fetched, or to nothing readable
      DocumentError             an operator must look at one document; ingestion goes on
        UnreadableDocumentError the file cannot be turned into text
      LibraryError              the library's state forbids the step
        LibraryLockedError      another process is changing the library
        UnknownDocumentError    no such document, version or passage
      ExternalError             something outside failed; trying later may help
        ModelUnavailableError   an embedding or language model cannot be loaded or reached
        ChangeStoppedError      a change of the library was stopped before it was published

Anything else is a bug and is caught only by the last handler of the process.
"""

from __future__ import annotations

from enum import StrEnum


class AssistantError(Exception):
    """Root of every error raised on purpose; `str()` is one line."""


class UserInputError(AssistantError):
    """The person who asked can mend it; the message may be shown as it is."""


class UsageError(UserInputError):
    """A command was called with something it cannot take."""


class SettingsError(UserInputError):
    """A setting is unknown or malformed; the message says which, what was expected, an example."""


class LinkRefusedError(UserInputError):
    """A link leads where nothing is fetched, or to nothing that can be read.

    Args:
        reason: why, as a value that the user interface puts into words.
        detail: what was met ("404", a host); may be empty.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


class DocumentFault(StrEnum):
    """Why a file could not become a document. The words for people are in `bot.texts`."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105  (a reason, not a secret)
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    METADATA = "metadata"
    ARCHIVE_SIZE = "archive_size"
    ARCHIVE_PATH = "archive_path"
    ARCHIVE_NESTED = "archive_nested"


class DocumentError(AssistantError):
    """An operator must look at one document; the other documents go on."""


class UnreadableDocumentError(DocumentError):
    """The file cannot be turned into text.

    Args:
        fault: why, as a value that the user interface puts into words.
        detail: what was met, for the log and for the text shown ("xls", "trang 3"); may be empty.
    """

    def __init__(self, fault: DocumentFault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail

    def __reduce__(self) -> tuple[type[UnreadableDocumentError], tuple[DocumentFault, str]]:
        """Go from one process to another with both, and not with the words alone."""
        return type(self), (self.fault, self.detail)


class LibraryError(AssistantError):
    """The state of the library forbids the step."""


class LibraryLockedError(LibraryError):
    """Another process is changing the library."""


class UnknownDocumentError(LibraryError):
    """No such document, version or passage."""


class ExternalError(AssistantError):
    """Something outside failed; trying later may help."""


class ModelUnavailableError(ExternalError):
    """An embedding or language model cannot be loaded or reached."""


class ChangeStoppedError(ExternalError):
    """A change of the library was stopped before it was published; it is as it was."""
