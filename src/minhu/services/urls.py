"""Addresses of the room services."""

from django.urls import URLPattern, path

from minhu.services.public.addresses import APPLYING
from minhu.services.views import applying, catalogue, deeds, exports, families, incoming, items, things

app_name = "services"
urlpatterns: list[URLPattern] = [
    *APPLYING,
    path("applied/<str:number>/", applying.open_values, name="open_values"),
    path("applied/<str:number>/erase/", applying.erase, name="erase_application"),
    path("applied/papers/<int:pk>/", applying.open_paper, name="open_paper"),
    path("", catalogue.catalogue, name="catalogue"),
    path("guide/<str:code>/", catalogue.guide, name="guide"),
    path("guide/<str:code>.jsonld", exports.guide_json_ld, name="guide_json_ld"),
    path("guide/<str:code>.ttl", exports.guide_turtle, name="guide_turtle"),
    path("guide/<str:code>.docx", exports.guide_document, name="guide_document"),
    path("guide/<str:code>.bpmn", exports.guide_bpmn, name="guide_bpmn"),
    path("catalogue.jsonld", exports.catalogue_json_ld, name="catalogue_json_ld"),
    path("catalogue.ttl", exports.catalogue_turtle, name="catalogue_turtle"),
    path("families/", families.listed, name="families"),
    path("families/confirm/", families.confirm, name="confirm_family"),
    path("families/<int:pk>/dissolve/", families.dissolve, name="dissolve_family"),
    path("things/", things.listed, name="things"),
    path("things/<str:code>/", things.thing, name="thing"),
    path("things/<str:code>/flow.bpmn", exports.thing_bpmn, name="thing_bpmn"),
    path("things/<str:code>/proof.json", things.proof, name="proof"),
    path("things/<str:code>/merge/", deeds.merge, name="merge"),
    path("things/<str:code>/ask/", deeds.ask, name="ask"),
    path("things/<str:code>/publish/", deeds.publish, name="publish"),
    path("things/<str:code>/withdraw/", deeds.withdraw, name="withdraw"),
    path("things/<str:code>/reform/", deeds.reform, name="send_reform"),
    path("questions/<int:pk>/", deeds.answer, name="answer"),
    path("items/", items.listed, name="items"),
    path("items/upload/", incoming.upload, name="upload"),
    path("items/take/", incoming.take, name="take"),
    path("items/template.xlsx", incoming.template, name="template"),
    path("items/<str:code>/", items.item, name="item"),
    path("items/<str:code>/guide.xlsx", incoming.template, name="filled"),
]
