"""What was asked and how it ended, kept for a while: journal (write), reading (read), statistics (count).

The only home of SQLAlchemy. The same code serves a file (SQLite) and a server (PostgreSQL).
"""
