"""HTML in a manuscript: elements, emphasis, entities, footnotes."""
