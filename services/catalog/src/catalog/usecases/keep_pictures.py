"""Pictures of products and lookbooks: judged, written down, stored; then sorted and described."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.order import rearranged
from catalog.store.keeping import list_images_of
from catalog.store.models import Product, ProductImage, StoredPicture
from catalog.store.pictures import WIDTHS, name_of
from common.errors import Conflict
from common.files import Picture, Storage, demand_plain, make_widths
from common.files.picture import MOST_BYTES
from common.ids import new_id

MOST_IMAGES, LONGEST_ALT = 40, 300


class TooManyPictures(Conflict):
    code = "too_many_pictures"


@dataclass(frozen=True)
class ImageWish:
    """How a picture of a product is to be: its colour (None: of none), its words."""

    id: UUID
    colour: str | None
    alts: Mapping[str, str]


def judge_picture(
    file: IO[bytes], *, maker_id: UUID, brand_id: UUID, now: datetime, limit: int = MOST_BYTES
) -> tuple[StoredPicture, Picture]:
    """Return the row to write and the files to store. Raises FileRefused, Unavailable.

    Takes seconds for a large picture: no transaction is open meanwhile.
    """
    picture = make_widths(file, widths=WIDTHS, limit_bytes=limit)
    demand_plain(file)
    upload = StoredPicture(
        key=f"brands/{brand_id}/{new_id()}",
        maker_id=maker_id,
        brand_id=brand_id,
        size_bytes=sum(len(each) for each in picture.files.values()),
        created_at=now,
    )
    return upload, picture


def store_picture(storage: Storage, key: str, picture: Picture) -> None:
    """Put the files where the gateway serves them, the widest last; again is harmless."""
    for width in sorted(picture.files):
        storage.put(name_of(key, width), picture.files[width], content_type="image/webp")


def add_image(
    session: Session, product: Product, key: str, *, colour: str | None, alts: Mapping[str, str]
) -> ProductImage:
    """Add a stored picture at the end of the locked product's. Raises TooManyPictures."""
    there = list_images_of(session, product.id)
    if len(there) >= MOST_IMAGES:
        raise TooManyPictures("A product has at most 40 pictures.")
    image = ProductImage(
        maker_id=product.maker_id,
        product_id=product.id,
        key=key,
        colour=colour,
        alts=dict(alts),
        position=max((each.position for each in there), default=-1) + 1,
    )
    session.add(image)
    session.flush()
    return image


def arrange_images(
    session: Session,
    product: Product,
    wishes: Sequence[ImageWish],
    *,
    colours: Collection[str],
    removed: Collection[UUID] = (),
) -> None:
    """Put the locked product's pictures in order, with colour and words; take some out.

    What somebody else added meanwhile stays, at the end. A colour that is none of it is none.
    """
    there: dict[Any, ProductImage] = {each.id: each for each in list_images_of(session, product.id)}
    said = {wish.id: wish for wish in wishes}
    for position, image_id in enumerate(rearranged(list(there), [wish.id for wish in wishes])):
        image, wish = there[image_id], said.get(image_id)
        image.position = position
        if wish is not None:
            image.colour = wish.colour if wish.colour in colours else None
            image.alts = {k: v.strip()[:LONGEST_ALT] for k, v in wish.alts.items() if v.strip()}
        if image_id in removed:
            session.delete(image)
    session.flush()
