"""Deeds on people: each is one transaction and writes its own entry in the book `people`."""

from minhu.people.actions.accounts import (
    change_email,
    close_account,
    end_post,
    give_post,
    load_accounts,
    make_reset_link,
    open_account,
)
from minhu.people.actions.organisations import (
    OrganisationDraft,
    add_organisation,
    change_organisation,
    close_organisation,
    load_organisations,
    reopen_organisation,
)
from minhu.people.actions.posts import PostDraft, add_post, change_post, load_posts
from minhu.people.actions.words import answer_complaint, complain, send_notice

__all__ = [
    "OrganisationDraft",
    "PostDraft",
    "add_organisation",
    "add_post",
    "answer_complaint",
    "change_email",
    "change_organisation",
    "change_post",
    "close_account",
    "close_organisation",
    "complain",
    "end_post",
    "give_post",
    "load_accounts",
    "load_organisations",
    "load_posts",
    "make_reset_link",
    "open_account",
    "reopen_organisation",
    "send_notice",
]
