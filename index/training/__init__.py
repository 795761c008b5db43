"""Training of the bundled encoder on the curated questions: `python -m index train`; serving never needs it."""
