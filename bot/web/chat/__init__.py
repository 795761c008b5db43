"""The customers' chat: a Gradio page, its events, its fixed parts, and how it first loads."""
