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
from minhu.people.actions.digests import choose_digest, finish_digest, take_digest
from minhu.people.actions.organisations import (
    OrganisationDraft,
    add_organisation,
    change_organisation,
    close_organisation,
    load_organisations,
    reopen_organisation,
)
from minhu.people.actions.posts import PostDraft, add_post, change_post, load_posts
from minhu.people.actions.tokens import (
    Done,
    KeyReused,
    TokenDraft,
    count_request,
    digest_of,
    do_once,
    forget_deeds,
    make_token,
    revoke_token,
)
from minhu.people.actions.words import answer_complaint, complain, send_notice

__all__ = [
    "Done",
    "KeyReused",
    "OrganisationDraft",
    "PostDraft",
    "TokenDraft",
    "add_organisation",
    "add_post",
    "answer_complaint",
    "change_email",
    "change_organisation",
    "change_post",
    "choose_digest",
    "close_account",
    "close_organisation",
    "complain",
    "count_request",
    "digest_of",
    "do_once",
    "end_post",
    "finish_digest",
    "forget_deeds",
    "give_post",
    "load_accounts",
    "load_organisations",
    "load_posts",
    "make_reset_link",
    "make_token",
    "open_account",
    "reopen_organisation",
    "revoke_token",
    "send_notice",
    "take_digest",
]
