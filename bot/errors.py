"""Errors of the bot layer, beside those of ``index.errors``. The outermost layer alone shows them."""

from index.errors import YakgwanError

BUSY = "지금 질문이 많아 바로 답해 드리지 못했습니다. 잠시 뒤 다시 보내 주세요."

# why a language model did not answer; told to the log and the metrics, never to a person
MODEL_FAILURES = ("slow", "limited", "unreachable", "broken", "resting")


class RejectedError(YakgwanError):
    """The question cannot be taken (empty, too long); the message is a friendly hint to the person."""


class ModelError(YakgwanError):
    """A language model did not answer well or in time; the message is one of `MODEL_FAILURES`."""


class NotReadyError(YakgwanError):
    """The models did not become ready in time, or the index cannot be used."""


class BusyError(YakgwanError):
    """More is asked than can be answered; no work was done for it. ``retry_after``: whole seconds (> 0) to wait."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(BUSY)
        self.retry_after = retry_after
