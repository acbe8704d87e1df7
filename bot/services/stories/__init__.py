"""Stories: sync from files, catalogue, revisions, preview."""
