"""`make screenshots`: every page that links lead to, in both languages, on desk and phone."""
