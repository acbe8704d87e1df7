"""Discord's gateway, version 10: sessions, their events, heartbeats and resuming."""
