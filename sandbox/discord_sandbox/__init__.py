"""Local server that speaks Discord's REST and gateway protocol, with a page to act as its people.

`server.Sandbox` starts and stops it; `people.person.Person` acts as someone in it. The README describes the folders.
"""
