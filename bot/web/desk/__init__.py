"""The support desk at /desk for agents (상담사): clauses by keyboard, conversations, gaps, statistics."""

from bot.web.desk.application import add_desk, closed_notice

__all__ = ["add_desk", "closed_notice"]
