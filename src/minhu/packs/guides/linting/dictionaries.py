"""The field dictionary and the types of material: owners, readers, bounds, purposes, limits, media."""

from minhu.packs.guides.building import constraint_of
from minhu.packs.guides.linting.bounds import check_bounds
from minhu.packs.guides.linting.lens import Lens
from minhu.packs.guides.specs import ElementSpec, MaterialSpec
from minhu.packs.sections import Located

NO_ORGANISATION = "there is no organisation “{code}”"
NO_BEARER = "there is no bearer “{code}”"
NO_LIMIT = "there is no limit “{code}”"
MEDIA = ("application/pdf", "image/jpeg", "image/png", "image/tiff", "application/ofd", "image/heic")


def check(lens: Lens) -> None:
    """Everything about the two dictionaries."""
    for element in lens.catalogue.elements:
        _element(lens, element)
    for material in lens.catalogue.materials:
        _material(lens, material)


def _element(lens: Lens, located: Located[ElementSpec]) -> None:
    """One entry of the field dictionary."""
    one = located.item
    for number, role in enumerate(one.roles):
        lens.refer(located.where("roles", number), role, lens.bearers, NO_BEARER)
    if one.owner:
        lens.refer(located.where("owner"), one.owner, lens.known.organisations, NO_ORGANISATION)
    for number, reader in enumerate(one.readers):
        lens.refer(located.where("readers", number), reader, lens.known.organisations, NO_ORGANISATION)
    if one.prefill and not (one.owner and one.library):
        lens.wrong(located.where("prefill"), "it can be filled in from nowhere", "name owner and library")
    if one.personal and not (one.purpose and one.keep):
        lens.wrong(located.where("personal"), "a personal value needs a purpose and a keep-until")
    if one.keep:
        _limit(lens, located, "keep", one.keep, "month")
    check_bounds(lens, located, ("bounds",), one.bounds, constraint_of(one.bounds))


def _material(lens: Lens, located: Located[MaterialSpec]) -> None:
    """One type of material."""
    one = located.item
    if one.issuer:
        lens.refer(located.where("issuer"), one.issuer, lens.known.organisations, NO_ORGANISATION)
    for number, media in enumerate(one.media):
        lens.refer(located.where("media", number), media, MEDIA, "files of type “{code}” are not taken")
    if one.uploadable:
        _limit(lens, located, "largest", one.largest, "megabyte")
    if one.share_lag_days is not None and one.share_lag_days < 0:
        lens.wrong(located.where("share_lag_days"), "sharing cannot come before it is asked for")


def _limit(
    lens: Lens, located: Located[ElementSpec] | Located[MaterialSpec], key: str, code: str, unit: str
) -> None:
    """A limit that is not there, or counts something else."""
    if lens.refer(located.where(key), code, lens.known.limits, NO_LIMIT):
        found = lens.known.limits[code].unit
        if found != unit:
            lens.wrong(
                located.where(key), "“{code}” counts {found}, not {unit}", code=code, found=found, unit=unit
            )
