"""Word and PDF files made by hand, part by part, so that a test says what lies inside."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def p(words: str, *, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def listed(words: str, number: int = 1, level: int = 0) -> str:
    """A paragraph that Word numbers by itself."""
    return p(
        words,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def level(place: int, form: str, words: str, extra: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{words}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = "") -> str:
    """The numbering part: one list shape 0, used as list 1."""
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f"{nums}</w:numbering>"
    )


def docx(body: str, *, lists: str = "", styles: str = "", names: str = W, **extra: bytes) -> bytes:
    """A Word file with this body."""
    related = "".join(
        f'<Relationship Id="{kind}" Type="{REL}/{kind}" Target="{kind}.xml"/>'
        for kind, part in (("numbering", lists), ("styles", styles))
        if part
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": RELATIONS.format(
            f'<Relationship Id="a" Type="{REL}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": RELATIONS.format(related),
        "word/numbering.xml": lists,
        "word/styles.xml": styles,
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, data in {**parts, **extra}.items():
            if data:
                package.writestr(name, data)
    return out.getvalue()


def pdf(pages: list[list[tuple[float, float, str]]], *, size: float = 16, pictures: bool = False) -> bytes:
    """A PDF whose pages hold these strings at (x, y), drawn in a font that says which characters it draws."""
    signs = sorted({sign for page in pages for _, _, words in page for sign in words})
    code = {sign: i + 1 for i, sign in enumerate(signs)}
    cmap = "".join(f"<{n:04x}> <{sign.encode('utf-16-be').hex()}>\n" for sign, n in code.items())
    uni = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{cmap}endbfchar endcmap end"
    )
    objects = [b"", b"", stream(uni.encode()), b"", b""]
    objects[3] = (
        b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[5 0 R]/ToUnicode 3 0 R>>"
    )
    objects[4] = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>"
        b"/DW 1000>>"
    )
    kids = []
    for page in pages:
        drawn = "".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{code[s]:04x}' for s in words)}> Tj ET\n"
            for x, y, words in page
        )
        objects.append(stream(drawn.encode()))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            f"/Resources<</Font<</F 4 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return put_together(objects)


def stream(data: bytes) -> bytes:
    """A packed stream."""
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)


def put_together(objects: list[bytes]) -> bytes:
    """Objects with their table, as a file."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, at)
