"""General-purpose asyncio helpers; standard library only."""
