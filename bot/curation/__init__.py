"""Curated questions at the desk: added and taken back by a person, and the gaps that ask for them."""
