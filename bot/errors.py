"""Errors of the bot layer, beside those of ``index.errors``. The outermost layer alone shows them."""

from index.errors import YakgwanError


class RejectedError(YakgwanError):
    """The question cannot be taken (empty, too long); the message is a friendly hint to the person."""


class WriterError(YakgwanError):
    """A writer could not finish; the message is the reason in one English word, see `bot.writers.model.REASONS`."""


class NotReadyError(YakgwanError):
    """The models did not become ready in time, or the index cannot be used."""
