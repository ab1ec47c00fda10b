"""What a file handed in really is, whatever its name says."""

from minhu.methods.files.kinds import kind_of

OFFICE = "application/vnd.openxmlformats-officedocument"
# The ending of the name -> media type, and what its content must be.
KNOWN = {
    ".pdf": ("application/pdf", {"pdf"}),
    ".ofd": ("application/ofd", {"OFD"}),
    ".docx": (f"{OFFICE}.wordprocessingml.document", {"docx"}),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", {"xlsx"}),
    ".pptx": (f"{OFFICE}.presentationml.presentation", {"pptx"}),
    ".doc": ("application/msword", {"doc"}),
    ".xls": ("application/vnd.ms-excel", {"xls"}),
    ".ppt": ("application/vnd.ms-powerpoint", {"ppt"}),
    ".wps": ("application/vnd.ms-works", {"doc"}),
    ".png": ("image/png", {"PNG"}),
    ".jpg": ("image/jpeg", {"JPEG"}),
    ".jpeg": ("image/jpeg", {"JPEG"}),
    ".txt": ("text/plain; charset=utf-8", {"text"}),
    ".md": ("text/markdown; charset=utf-8", {"text"}),
    ".csv": ("text/csv; charset=utf-8", {"text"}),
}


def content_of(data: bytes) -> str:
    """What the bytes are: "pdf", "docx", "PNG", "text" …; "binary" for bytes that make no words."""
    found = kind_of(data)
    return "binary" if found == "text" and b"\x00" in data else found
