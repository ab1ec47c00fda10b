"""Columns to and from workbooks and CSV: every bad cell named, nothing computed, nothing lost."""

from minhu.methods.sheets.answers import CellProblem, Limits, Note, Refused, Row, Sheet, letters
from minhu.methods.sheets.columns import Choice, Column, Shape, Type, Value
from minhu.methods.sheets.comparing import CellChange, Changed, Changes, compare
from minhu.methods.sheets.mapping import Mapping
from minhu.methods.sheets.marking import error_workbook
from minhu.methods.sheets.paper import Unwritable
from minhu.methods.sheets.reading import read
from minhu.methods.sheets.wording import HINTS, MESSAGES, NOTES, PAPER, REFUSALS, all_words
from minhu.methods.sheets.writing import write, write_csv

__all__ = [
    "HINTS",
    "MESSAGES",
    "NOTES",
    "PAPER",
    "REFUSALS",
    "CellChange",
    "CellProblem",
    "Changed",
    "Changes",
    "Choice",
    "Column",
    "Limits",
    "Mapping",
    "Note",
    "Refused",
    "Row",
    "Shape",
    "Sheet",
    "Type",
    "Unwritable",
    "Value",
    "all_words",
    "compare",
    "error_workbook",
    "letters",
    "read",
    "write",
    "write_csv",
]
