"""Errors of the bot layer, beside those of ``index.errors``. The outermost layer alone shows them."""

from index.errors import YakgwanError

# why a language model did not answer; told to the log and the metrics, never to a person
MODEL_FAILURES = ("slow", "limited", "unreachable", "broken", "resting")


class RejectedError(YakgwanError):
    """The question cannot be taken (empty, too long); the message is a friendly hint to the person."""


class ModelError(YakgwanError):
    """A language model did not answer well or in time; the message is one of `MODEL_FAILURES`."""


class NotReadyError(YakgwanError):
    """The models did not become ready in time, or the index cannot be used."""
