"""Pages made ahead: by worker processes, so that the bot goes on serving, and kept over a restart.

In the order a chapter goes through them: `making` finds out which chapters have no pages yet and has `crew` make
them in processes that run `worker`; `sheet` says what goes to a worker and what comes back, `cache` keeps it.
"""
