"""What Discord accepts: the limits on every body that is sent to it, told as its 50035 tells them."""
