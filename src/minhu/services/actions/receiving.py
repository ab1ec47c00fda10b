"""Taking in a guide that somebody handed in: another version of the item, and drafts that follow it."""

from datetime import datetime

from django.db import transaction

from minhu.packs.guides import ItemSpec
from minhu.rulebook.models import PackVersion
from minhu.services.actions.drafts import refresh_draft
from minhu.services.actions.loading import load_items
from minhu.services.models import Item, Thing
from minhu.trail.states import Actor


@transaction.atomic
def take_guide(*, by: Actor, spec: ItemSpec, at: datetime) -> Item:
    """A guide becomes the latest version of its item; one-things that join it get a draft made of it."""
    order = Item.objects.filter(code=spec.code).values_list("order", flat=True).first()
    load_items(by=by, specs=[spec], at=at)
    Item.objects.filter(code=spec.code).update(order=order if order is not None else Item.objects.count())
    version = PackVersion.objects.order_by("-loaded_at", "-id").first()
    for thing in Thing.objects.all() if version else ():
        if spec.code in thing.data.get("items", ()) and version:
            refresh_draft(by=by, thing=thing, pack_version=version, at=at)
    return Item.objects.get(code=spec.code)
