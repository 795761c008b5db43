"""The pages and the HTTP interface: what a person did ↔ what is shown; the only Gradio and FastAPI."""
