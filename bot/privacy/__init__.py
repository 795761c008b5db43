"""Personal data out of a text, before it is searched, stored, logged or shown again."""

from bot.privacy.masking import KINDS, Found, cut_masks, find_personal, mask_personal

__all__ = ["KINDS", "Found", "cut_masks", "find_personal", "mask_personal"]
