"""A language model that keeps failing is left alone for a while; whoever watches is told why it failed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from pybreaker import CircuitBreaker, CircuitBreakerError

from bot.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAILURES, REST_SECONDS = 5, 30.0  # so many failures in a row, and the model is not asked for so long


class Breaker:
    """``on_failure``: told one of `bot.errors.MODEL_FAILURES`."""

    def __init__(
        self, on_failure: Callable[[str], None] = lambda reason: None, rest_seconds: float = REST_SECONDS
    ) -> None:
        self._on_failure = on_failure
        self._circuit = CircuitBreaker(
            fail_max=FAILURES, reset_timeout=rest_seconds, exclude=[GeneratorExit], throw_new_error_on_trip=False
        )

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a request to the model.

        Raises:
            ModelError: the block's, or that the model rests; the message is one of `MODEL_FAILURES`.
        """
        try:
            with self._circuit.calling():
                yield
        except (ModelError, CircuitBreakerError) as error:
            reason = "resting" if isinstance(error, CircuitBreakerError) else str(error)
            self._on_failure(reason)
            raise ModelError(reason) from error


def model_failure(error: Exception) -> str:
    """Which of `MODEL_FAILURES` an error of any provider's package is."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if getattr(error, "status_code", None) == 429:
        return "limited"
    if any("Timeout" in name for name in names):
        return "slow"
    return "unreachable" if any("Connect" in name for name in names) else "broken"
