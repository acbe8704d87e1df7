"""Operations on the world, under the same rules for the bot (through REST) and for people (through the page).

Every operation takes the acting user, checks their permissions, changes the world, and publishes events.
"""
