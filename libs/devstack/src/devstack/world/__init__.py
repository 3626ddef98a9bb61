"""The demo world: one maker, two brands, and enough to see every rule work.

`cast` names everybody once; a module per service writes its own part into that service's
database and is harmless the second time.
"""
