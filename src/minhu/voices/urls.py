"""Addresses of the room voices."""

from django.urls import path

from minhu.voices.public import following, saying
from minhu.voices.views import importing, inbox, moderating, occasions

app_name = "voices"
urlpatterns = [
    path("", inbox.voices, name="inbox"),
    path("v/<str:number>/", inbox.voice, name="voice"),
    path("v/<str:number>/raw/", inbox.raw, name="raw"),
    path("v/<str:number>/hold/", moderating.hold, name="hold"),
    path("v/<str:number>/decide/", moderating.decide, name="decide"),
    path("v/<str:number>/publish/", moderating.propose, name="propose"),
    path("hear/", inbox.write_down, name="hear"),
    path("occasions/", occasions.occasions, name="occasions"),
    path("occasions/new/", occasions.new, name="occasion_new"),
    path("occasions/<int:pk>/", occasions.occasion, name="occasion"),
    path("import/", importing.bring, name="bring"),
    path("import/empty.xlsx", importing.empty, name="empty"),
    path("import/<int:pk>/", importing.table, name="table"),
    path("import/<int:pk>/marked.xlsx", importing.marked, name="marked"),
    path("moderation/", moderating.moderation, name="moderation"),
    path("checks/", moderating.checks, name="checks"),
    path("checks/<int:pk>/", moderating.check, name="check"),
    path("requests/", moderating.requests, name="requests"),
    path("requests/<int:pk>/", moderating.answer, name="answer"),
    path("say/", saying.say, name="say"),
    path("say/similar/", saying.similar, name="similar"),
    path("follow/", following.follow, name="follow"),
    path("follow/mine/", following.mine, name="mine"),
    path("follow/mine/again/", following.again, name="mine_again"),
    path("follow/mine/contact/", following.contact, name="mine_contact"),
    path("follow/mine/consent/", following.consent, name="mine_consent"),
    path("follow/mine/data/", following.data, name="mine_data"),
    path("follow/mine/rate/", following.rate, name="mine_rate"),
    path("follow/leave/", following.leave, name="leave"),
]
