"""The rows of the room services."""

from minhu.services.models.applications import Application, ApplicationPaper, ApplicationValue, Consent
from minhu.services.models.families import Family
from minhu.services.models.items import Bearer, Element, Item, ItemVersion, Material
from minhu.services.models.things import Course, Merge, Question, Thing, ThingReform, ThingVersion

__all__ = [
    "Application",
    "ApplicationPaper",
    "ApplicationValue",
    "Bearer",
    "Consent",
    "Course",
    "Element",
    "Family",
    "Item",
    "ItemVersion",
    "Material",
    "Merge",
    "Question",
    "Thing",
    "ThingReform",
    "ThingVersion",
]
