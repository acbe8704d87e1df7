"""What a serial is and by which rules it is published and read: pure, synchronous, without a clock."""
