"""What all commands, components and modals share."""
