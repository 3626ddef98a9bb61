"""The picture behind the demo world's gates, taken in as if staff had uploaded it."""

import io
from datetime import datetime

from common.db import Database
from common.files import Storage, make_widths
from devstack.pictures import draw_scene
from devstack.world import cast
from devstack.world.cast.ids import fixed_id
from links.domain.files import IMAGE_WIDTHS, image_key
from links.domain.media import Background
from links.store.models import Upload
from links.store.uploads import add_upload

UPLOAD_ID = fixed_id(190)
BACKDROP = Background("image", upload_id=UPLOAD_ID)


def hang_backdrop(database: Database, media_root: str, *, now: datetime) -> None:
    """Draw, store and write it down, unless it hangs there already."""
    with database.transaction(cast.MAKER_ID) as session:
        if session.get(Upload, UPLOAD_ID):
            return
    sheet = io.BytesIO()
    draw_scene("gate", "drape", colour_hex="#39465a", size=(2560, 1600)).save(sheet, "PNG")
    picture = make_widths(sheet, widths=IMAGE_WIDTHS)
    storage = Storage(media_root)
    for width, data in picture.files.items():
        storage.put(image_key(UPLOAD_ID, width), data, content_type="image/webp")
    with database.transaction(cast.MAKER_ID) as session:
        upload = Upload(
            id=UPLOAD_ID,
            maker_id=cast.MAKER_ID,
            brand_id=cast.NORD.id,
            kind="image",
            content_type="image/webp",
            name="Drape.png",
            size_bytes=sum(len(each) for each in picture.files.values()),
            width=picture.width,
            height=picture.height,
            is_ready=True,
            created_at=now,
        )
        add_upload(session, upload)
