"""What a text says it was made for: the titles of 根据《…》…制定本办法."""

import re

TITLE = re.compile("《([^《》]{2,60}(?:《[^《》]*》[^《》]{0,30})?)》")
GROUNDS = re.compile("根据|依据|依照|按照|贯彻|落实|实施")
MADE = re.compile("制定|制订|修订|出台|提出|印发|发布|现就|现将")
SENTENCE = re.compile("[^。；\n]+")
OPENING = 3000  # characters; further in, 根据《…》 is a rule and no basis


def bases(text: str) -> list[str]:
    """The titles in the sentences near the beginning that say on what ground the text was made, in order.

    A sentence counts if it names a ground (根据, 依据, 贯彻 …) before a title and a making (制定, 提出 …)
    after it. Titles are without their marks. It proposes; people confirm.
    """
    found: list[str] = []
    for sentence in SENTENCE.finditer(text, 0, min(len(text), OPENING)):
        words = sentence[0]
        for title in TITLE.finditer(words):
            if GROUNDS.search(words, 0, title.start()) and MADE.search(words, title.end()):
                found.append(title[1])
    return list(dict.fromkeys(found))
