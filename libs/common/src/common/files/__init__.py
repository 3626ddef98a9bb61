"""Files that people upload: judged by what is in them, and put into a folder or object store.

    with request.files["file"].stream as upload:
        demand_plain(upload)                      # Nothing beside a picture or a film (polyglots).
        picture = make_widths(upload, widths=(800, 1600))
        for width, data in picture.files.items(): store.put(f"brands/{id}-{width}.webp", data)

`Storage` never holds a large file in memory; `takes_up_to` lets one view read larger bodies.
"""

from common.files.film import Film, read_film
from common.files.picture import Picture, make_widths
from common.files.plain import demand_plain
from common.files.refusals import FileRefused
from common.files.storage import Storage

__all__ = [
    "FileRefused",
    "Film",
    "Picture",
    "Storage",
    "demand_plain",
    "make_widths",
    "read_film",
]
