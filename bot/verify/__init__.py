"""Sentences + evidence → only what the cited clauses support; the last step before anything is shown."""

from bot.verify.verification import Verification

__all__ = ["Verification"]
