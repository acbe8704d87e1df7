"""What messages look like: values of the services in, Components V2 out. Nothing here speaks to Discord."""
