"""A local server that speaks enough of Discord for a real bot to run against it, and a page to act as people.

`server.Sandbox` is the whole; `people.Person` is someone in it. Layers, each on the one before:

- `model`, `snowflakes`, `permissions`, `errors`: what there is; `world`: where it is kept; `bus`: who is told.
- `checks`: what Discord accepts. `acts`: what can be done, by anyone, by one rule.
- `interactions`: commands, components and forms. `payloads`, `message_payload`: the world as Discord's JSON.
- `rest`, `gateway`: Discord's two doors. `limits`, `faults`, `trace`: what stands in them.
- `people`, `driver`, `site`: the third door, for people.

Nothing here knows of fiction.
"""
