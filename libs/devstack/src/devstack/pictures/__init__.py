"""Draws the demo world's photographs: garments laid flat, landscapes, the gate's background.

picture = draw_garment("overshirt", "#2d3340")            # 1200 × 1500
files = encode_all(picture)                               # {400: bytes, 800: …, 1200: …}, WebP
hero = draw_scene("aw26", "sea", size=(1600, 1000))
look = draw_scene(3, "wall", size=(1200, 1500), garment="coat", colour_hex="#5c5348")
gate = draw_scene("gate", "drape", colour_hex="#39465a")
"""

from devstack.pictures.draw import KINDS, draw_garment
from devstack.pictures.encode import WIDTHS, encode, encode_all
from devstack.pictures.scenes import VIEWS, draw_scene

__all__ = ["KINDS", "VIEWS", "WIDTHS", "draw_garment", "draw_scene", "encode", "encode_all"]
