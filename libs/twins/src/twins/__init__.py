"""Stand-ins for the outside world that behave like it.

One process, one HTTP port and one SMTP port; see router.py for who lives where. Everything is kept in
memory and a restart forgets it: whoever talks to a twin must treat it like somebody else's system.
"""
