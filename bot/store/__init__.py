"""The database: SQLAlchemy Core on SQLite (aiosqlite) or PostgreSQL (asyncpg), one module an aggregate.

`bot.store.database.Database.open` is the way in.
"""
