"""Mails: a folder of templates per kind, written in the reader's language."""
