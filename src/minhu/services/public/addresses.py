"""Addresses of applying and following, below those of the room."""

from django.urls import path

from minhu.services.public import filling, following, papers, sending, starting

APPLYING = [
    path("apply/<str:thing>/", starting.begin, name="apply"),
    path("apply/<str:thing>/on/", starting.onward, name="apply_on"),
    path("apply/<str:thing>/save/", starting.save, name="apply_save"),
    path("apply/<str:thing>/changes/", starting.changes, name="apply_changes"),
    path("apply/<str:thing>/discard/", starting.discard, name="apply_discard"),
    path("apply/<str:thing>/situation/<str:code>/", filling.situation, name="apply_situation"),
    path("apply/<str:thing>/form/<str:code>/", filling.form, name="apply_form"),
    path("apply/<str:thing>/papers/<str:code>/", papers.paper, name="apply_paper"),
    path("apply/<str:thing>/shared/", papers.shared, name="apply_shared"),
    path("apply/<str:thing>/child/", filling.child, name="apply_child"),
    path("apply/<str:thing>/consent/", filling.consent, name="apply_consent"),
    path("apply/<str:thing>/check/", sending.check, name="apply_check"),
    path("apply/<str:thing>/receipt/", sending.receipt, name="apply_receipt"),
    path("apply/<str:thing>/noted/", sending.noted, name="apply_noted"),
    path("follow/", following.follow, name="follow"),
    path("follow/<int:pk>/", following.one, name="follow_one"),
    path("follow/<int:pk>/correct/", following.correct, name="follow_correct"),
    path("follow/<int:pk>/withdraw/", following.withdraw, name="follow_withdraw"),
    path("follow/<int:pk>/rate/", following.rate, name="follow_rate"),
    path("follow/<int:pk>/result/<int:paper>/", following.result, name="follow_result"),
    path("follow/<int:pk>/close/", following.close, name="follow_close"),
]
