"""What can be done in the world, by the bot through REST and by people through the page: one rule for both.

Every act takes who does it, checks that they may, changes the world, and tells of it.
"""
