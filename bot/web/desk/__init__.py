"""The support desk at /desk for agents (상담사): clauses by keyboard, conversations, gaps, statistics; its accounts."""

from bot.web.desk.application import add_desk, build_desk, may_have_accounts
from bot.web.desk.guard import CLOSED
from bot.web.desk.roles import FILES

__all__ = ["CLOSED", "FILES", "add_desk", "build_desk", "may_have_accounts"]
