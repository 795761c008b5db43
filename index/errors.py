"""What can go wrong below the bot. Messages are one Korean line: the command line shows them as they are."""


class YakgwanError(Exception):
    """Base of the errors that a person can act on; the outermost layer alone turns it into text."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be told, each fault in a line of its own."""
        return (str(self),)


class TermsError(YakgwanError):
    """The text of the terms cannot be read; the message begins with ``file:line``."""


class QuestionsError(YakgwanError):
    """A file of curated questions is malformed; the message begins with ``file:line``."""


class StoreError(YakgwanError):
    """The saved index is missing, stale, foreign, truncated or corrupt."""


class EmbeddingError(YakgwanError):
    """The embedding model cannot be loaded."""


class SettingsError(YakgwanError):
    """A setting has a bad value; the message names key and value. ``more``: lines on further settings."""

    def __init__(self, message: str, *more: str) -> None:
        super().__init__(message)
        self._more = more

    @property
    def lines(self) -> tuple[str, ...]:
        """One for each setting that is wrong."""
        return (str(self), *self._more)
