"""Addresses of collection: rounds, sheets, checks, approval."""

from django.urls import path

from kaohe_web.web.collection import acts, views

urlpatterns = [
    path("", views.show_rounds, name="collection"),
    path("rounds/new/", views.open_round, name="open_round"),
    path("rounds/<int:round_key>/", views.show_round, name="round"),
    path("rounds/<int:round_key>/lock/", acts.lock_round, name="lock_round"),
    path("sheets/<int:sheet_key>/", views.show_sheet, name="sheet"),
    path("sheets/<int:sheet_key>/save/", acts.save_cells, name="save_cells"),
    path("sheets/<int:sheet_key>/submit/", acts.submit_sheet, name="submit_sheet"),
    path("sheets/<int:sheet_key>/pass/", acts.pass_sheet, name="pass_sheet"),
    path("sheets/<int:sheet_key>/return/", acts.return_figures, name="return_figures"),
    path("sheets/<int:sheet_key>/close-check/", acts.close_check, name="close_check"),
    path("sheets/<int:sheet_key>/extend/", acts.extend_sheet, name="extend_sheet"),
    path("check/", views.show_checks, name="checks"),
    path("check/<int:sheet_key>/agree/", acts.agree, name="agree_figures"),
    path("check/<int:figure_key>/object/", acts.raise_objection, name="object_figure"),
    path("objections/", views.show_objections, name="objections"),
    path("objections/<int:objection_key>/answer/", acts.answer_objection, name="answer_objection"),
]
