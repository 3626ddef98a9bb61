"""Pages, API and questions."""
