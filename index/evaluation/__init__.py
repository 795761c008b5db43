"""How well is found: without parts of the curated questions, and without any (zero-shot)."""
