"""Database access: SQLAlchemy Core on SQLite (aiosqlite) or PostgreSQL (asyncpg), one repository per subject.

`bot.store.database.Database.open` is the entry point.
"""
