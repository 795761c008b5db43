"""Logging in at the company's provider (OpenID Connect): who it is and what that person may do, or why not."""
