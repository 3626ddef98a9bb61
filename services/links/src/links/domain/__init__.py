"""Rules of links: when the gate is open, what a link must have, which moment is meant."""
