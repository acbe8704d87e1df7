"""The domain: the rules by which a serial is published and read, pure and synchronous, without a clock."""
