"""From outside: `fascicle` as real processes, against the sandbox over real sockets."""
