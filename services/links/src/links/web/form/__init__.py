"""The link form: its fields as text, from a link, from what was sent, and on to a draft."""
