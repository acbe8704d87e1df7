"""Import of a manuscript: from the blocks that a file was read into, by clean-up and splitting, to chapters."""
