"""Item guides as workbooks that departments fill in: written, read back, bad cells marked."""

from minhu.packs.guides.workbook.reading import GuideReading, read_guide
from minhu.packs.guides.workbook.shapes import Around, shapes
from minhu.packs.guides.workbook.writing import error_workbook, write_guide

__all__ = ["Around", "GuideReading", "error_workbook", "read_guide", "shapes", "write_guide"]
