"""Pages rendered ahead by worker processes, so that the bot keeps serving, and cached over restarts.

A chapter goes through these modules in order: `prerenderer` finds chapters without pages and has
`worker_pool` render them in processes that run `worker`; `page_codec` defines what goes to a worker and what
comes back, `disk_cache` stores it.
"""
