"""`make demo`: the main job, played through the public gateway as real clients would."""
