"""Line icons of 16 × 16, drawn for this house; the shapes of lights stand beside them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 4 4"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11H2V6h12v5h-2.5M4.5 9h7v5h-7z"/>',
    "document": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3"/>',
    "link": '<path d="M6.5 9.5 9.5 6.5M7 4l1.5-1.5a3 3 0 0 1 5 5L12 9M9 12l-1.5 1.5a3 3 0 0 1-5-5L4 7"/>',
    "check": '<path d="m3 8.5 3.5 3.5L13 4.5"/>',
    "cross": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "down": '<path d="m4 6 4 4 4-4"/>',
    "left": '<path d="M10 3.5 5.5 8l4.5 4.5"/>',
    "right": '<path d="M6 3.5 10.5 8 6 12.5"/>',
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>',
    "seal": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5"/><path d="M5.5 8h5M8 5.5v5"/>',
    "tray": '<path d="M2 9.5 4.5 3h7L14 9.5V13H2zM2 9.5h3.5l1 1.5h3l1-1.5H14"/>',
    "person": '<circle cx="8" cy="5" r="2.8"/><path d="M2.5 14c.5-3.2 2.7-4.8 5.5-4.8s5 1.6 5.5 4.8"/>',
    "filter": '<path d="M2 3.5h12M4.5 8h7M6.5 12.5h3"/>',
}
# Every tone has a shape of its own, so that a light survives a grey printer.
SHAPES = {
    "red": '<path d="M8 0 16 8 8 16 0 8z"/>',
    "yellow": '<path d="M8 1 15.5 15H.5z"/>',
    "blue": '<path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 0 1 0 10.8z" fill-rule="evenodd"/>',
    "done": '<path d="m1 8.8 2.2-2.2 3.3 3.3L12.9 2.5 15.2 4.6 6.6 14.4z"/>',
    "off": '<path d="M2 7h12v2H2z"/>',
}


def icon(name: str) -> SafeString:
    """An icon by name; it says nothing to a screen reader, so words must stand beside it."""
    drawn = mark_safe(ICONS[name])  # noqa: S308  our own constant
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>', drawn
    )


def shape(tone: str) -> SafeString:
    """The shape of a tone."""
    drawn = mark_safe(SHAPES[tone])  # noqa: S308  our own constant
    return format_html(
        '<svg class="shape" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">{}</svg>', drawn
    )
