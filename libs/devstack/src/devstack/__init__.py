"""Embedded servers, supervision and the demo world of a developer's machine."""
