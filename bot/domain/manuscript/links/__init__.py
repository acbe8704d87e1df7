"""Links, references and pictures, and lines that lead to other pages."""
