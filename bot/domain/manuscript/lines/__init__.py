"""Line ends: wrapped prose, paragraphs, verse, lists, hyphens."""
