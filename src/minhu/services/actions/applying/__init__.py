"""Deeds of applicants: a draft kept page by page, papers, consents, submission, and what comes after it."""

from minhu.services.actions.applying.consenting import Given, give_consent
from minhu.services.actions.applying.drafting import (
    Started,
    answer_situation,
    discard,
    keep_page,
    new_code,
    start,
    take_version,
)
from minhu.services.actions.applying.following import (
    bring_waiting,
    hand_in_corrections,
    rate,
    withdraw,
)
from minhu.services.actions.applying.keeping import erase_application, expire_drafts
from minhu.services.actions.applying.looking import look_at_paper, look_at_values
from minhu.services.actions.applying.papers import (
    commit_to,
    drop_paper,
    give_file,
    put_off,
)
from minhu.services.actions.applying.sharing import fetch, fetch_again
from minhu.services.actions.applying.submitting import submit

__all__ = [
    "Given",
    "Started",
    "answer_situation",
    "bring_waiting",
    "commit_to",
    "discard",
    "drop_paper",
    "erase_application",
    "expire_drafts",
    "fetch",
    "fetch_again",
    "give_consent",
    "give_file",
    "hand_in_corrections",
    "keep_page",
    "look_at_paper",
    "look_at_values",
    "new_code",
    "put_off",
    "rate",
    "start",
    "submit",
    "take_version",
    "withdraw",
]
