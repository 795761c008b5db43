"""The bundled embedding model, read from the installed package and kept as an ordinary sentence-transformers folder.

weights (the package's file) ─ graph (ONNX) ─▶ folder (below ``var/``) ─▶ module (runs it)
"""
