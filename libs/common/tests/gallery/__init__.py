"""The living style sheet: every part of the shared layout, in both languages, on real pages."""
