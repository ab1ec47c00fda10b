"""Addresses of the room people."""

from django.urls import path

from minhu.people.views import accounts, doors, tokens, units, words

app_name = "people"
urlpatterns = [
    path("", units.tree, name="tree"),
    path("log-in/", doors.LogIn.as_view(), name="login"),
    path("log-in/<str:username>/", doors.demonstration_log_in, name="demonstration_login"),
    path("log-out/", doors.log_out, name="logout"),
    path("acting-post/", doors.change_hat, name="change_hat"),
    path("password/", doors.change_password, name="password"),
    path("password/changed/", doors.password_changed, name="password_changed"),
    path("password/forgotten/", doors.ask_reset, name="reset"),
    path("password/sent/", doors.reset_sent, name="reset_sent"),
    path("password/new/<uidb64>/<token>/", doors.reset, name="reset_new"),
    path("password/done/", doors.reset_done, name="reset_done"),
    path("organisations/new/", units.new_unit, name="new_unit"),
    path("organisations/<str:code>/", units.unit, name="unit"),
    path("organisations/<str:code>/edit/", units.edit_unit, name="edit_unit"),
    path("organisations/<str:code>/close/", units.close_unit, name="close_unit"),
    path("organisations/<str:code>/reopen/", units.reopen_unit, name="reopen_unit"),
    path("posts/new/", units.new_post, name="new_post"),
    path("posts/<str:code>/edit/", units.edit_post, name="edit_post"),
    path("posts/<str:code>/give/", units.give_post, name="give_post"),
    path("holdings/<int:pk>/end/", units.end_post, name="end_post"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new_account"),
    path("accounts/<str:username>/", accounts.account, name="account"),
    path("accounts/<str:username>/close/", accounts.close_account, name="close_account"),
    path("accounts/<str:username>/link/", accounts.reset_link, name="reset_link"),
    path("rights/", words.rights, name="rights"),
    path("problems/", words.complaints, name="complaints"),
    path("problems/new/", words.complain, name="complain"),
    path("problems/<int:pk>/", words.complaint, name="complaint"),
    path("me/", words.me, name="me"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
]
