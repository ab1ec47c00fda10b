"""Every sentence of the tool by its short name: English, and the message ids of rooms that translate them."""

from collections.abc import Mapping

MESSAGES: dict[str, str] = {
    "required": "The cell is empty.",
    "no_number": "“%(found)s” is not a number.",
    "no_whole": "“%(found)s” is not a whole number.",
    "low": "%(found)s is less than %(low)s.",
    "high": "%(found)s is more than %(high)s.",
    "places": "%(found)s has more than %(places)s decimals.",
    "no_date": "“%(found)s” is not a date.",
    "no_day": "“%(found)s” names no day.",
    "no_such_day": "“%(found)s” is no day of the calendar.",
    "day_or_month": "“%(found)s” may be read as two different days.",
    "early": "%(found)s is before %(low)s.",
    "late": "%(found)s is after %(high)s.",
    "no_flag": "“%(found)s” is neither yes nor no.",
    "no_choice": "“%(found)s” is none of the choices.",
    "near_choice": "“%(found)s” is none of the choices. Did you mean “%(near)s”?",
    "long": "The cell holds %(length)s characters; at most %(most)s are kept.",
    "short": "The cell holds %(length)s characters; at least %(least)s are needed.",
    "many": "The cell names %(length)s things; at most %(most)s are kept.",
    "few": "The cell names %(length)s things; at least %(least)s are needed.",
    "bad_code": "“%(found)s” is not written as this code is.",
    "digits_lost": "The number is so long that the spreadsheet has lost its last digits.",
    "failed": "The formula gives %(found)s.",
    "not_computed": "The formula has not been computed.",
    "twice": "“%(found)s” stands in row %(other)s and in row %(row)s.",
    "no_column": "There is no column “%(heading)s”.",
    "near_column": "There is no column “%(heading)s”. Is it “%(near)s”?",
    "heading_twice": "Two columns stand for “%(heading)s”: %(one)s and %(two)s.",
    "unit": "“%(found)s” is in %(unit)s; expected is %(wanted)s.",
}
HINTS: dict[str, str] = {
    "required": "Fill it in.",
    "no_number": "Write digits, such as 1200, 1,200 or 0.12万.",
    "no_whole": "Write a number without decimals.",
    "low": "Write %(low)s or more.",
    "high": "Write %(high)s or less.",
    "places": "Round it to %(places)s decimals.",
    "no_date": "Write the day as 2026-03-05.",
    "no_day": "Write year, month and day, such as 2026-03-05.",
    "no_such_day": "Correct the month or the day.",
    "day_or_month": "Write the year first, such as 2026-03-05.",
    "early": "Write %(low)s or later.",
    "late": "Write %(high)s or earlier.",
    "no_flag": "Write 是 or 否.",
    "no_choice": "Choose one of: %(choices)s.",
    "near_choice": "Choose one of: %(choices)s.",
    "long": "Shorten it by %(over)s.",
    "short": "Say more.",
    "many": "Leave some out.",
    "few": "Name more, separated by 、.",
    "bad_code": "Compare it with the example: %(example)s.",
    "digits_lost": "Format the column as text and type the number again.",
    "failed": "Correct the formula or write the value instead.",
    "not_computed": "Open the file in a spreadsheet program, save it, and load it again.",
    "twice": "Keep one of the two rows, or give one another code.",
    "no_column": "Add the column, with this heading.",
    "near_column": "Write the heading as “%(heading)s”.",
    "heading_twice": "Rename or delete one of them.",
    "unit": "Write the number in %(wanted)s.",
}
NOTES: dict[str, str] = {
    "hidden_sheets": "Hidden sheets were not read: %(names)s.",
    "other_sheets": "Only one sheet was read. Not read: %(names)s.",
    "hidden_rows": "%(count)s hidden rows were read like the others; the first is row %(first)s.",
    "hidden_columns": "%(count)s hidden columns were read like the others; the first is column %(first)s.",
    "merged": "%(count)s merged cells were read as if each held the value.",
    "macros": "The macros of the workbook were not read.",
    "ignored": "Columns without a meaning here were left out: %(names)s.",
    "near_heading": "Column “%(found)s” was left out. Did you mean “%(near)s”?",
    "formulas": "%(count)s cells hold formulas; their last results were read.",
    "above": "The heading stands in row %(row)s; what stands above it was not read.",
    "no_column": "These columns are not in the sheet and stay as they are: %(names)s.",
    "titles": "%(count)s rows below the heading are titles or empty in its columns and were left out; "
    "the first is row %(first)s.",
    "unnamed": "Columns without a heading were left out: %(names)s.",
    "encoding": "The file was read as %(encoding)s.",
    "more_problems": "There are more problems than %(count)s; only these are listed.",
}
REFUSALS: dict[str, str] = {
    "empty": "The file is empty.",
    "no_rows": "The sheet holds a heading and no rows.",
    "no_heading": "No row holds the expected headings. Expected are: %(expected)s.",
    "no_sheet": "The workbook has no sheet “%(wanted)s”. It has: %(names)s.",
    "big": "The file has %(found)s MB; at most %(most)s MB are read. Split it.",
    "bomb": "The file unpacks to more than is read (%(most)s MB). Save it again, or split it.",
    "wide": "The sheet has more than %(most)s columns: cell %(cell)s is not empty. "
    "Delete the columns that are not needed.",
    "full": "The sheet has more than %(most)s cells. Split it.",
    "many": "The sheet has more than %(most)s rows. Split it.",
    "parts": "The file holds %(found)s parts; at most %(most)s are read. Save it again as .xlsx.",
    "locked": "The workbook is protected by a password. Take the password off and save it again.",
    "old": "This is an old workbook (.xls, .et). Open it and save it as .xlsx.",
    "other": "This is %(kind)s, not a workbook. Save it as .xlsx or .csv.",
    "broken": "The workbook is damaged (%(part)s). Open it and save it again as .xlsx.",
    "no_text": "The file is in none of the encodings UTF-8, UTF-16, GB 18030: byte %(offset)s does not fit. "
    "Save it as “CSV UTF-8”.",
    "quotes": "From row %(row)s on a quotation mark is not closed. Correct it or save the file again.",
    "mapping": "The mapping file is wrong: %(found)s.",
}
# Words in the workbooks the tool writes.
PAPER: dict[str, str] = {
    "problem": "Problem",
    "problems": "Problems",
    "notes": "Notes",
    "cell": "Cell",
    "heading": "Column",
    "found": "What stands there",
    "wrong": "What is wrong",
    "mend": "How to mend it",
    "kind": "Kind of value",
    "needed": "Required",
    "choices": "Choices",
    "note": "Note",
    "yes": "yes",
    "whole_sheet": "the whole sheet",
    "text": "Words on one line",
    "long": "Words on several lines",
    "code": "Code",
    "whole": "A whole number",
    "decimal": "A number",
    "date": "Date, such as 2026-03-05",
    "choice": "One of the choices",
    "flag": "是 or 否",
    "list": "Several, separated by 、",
    "pick": "Choose from the list.",
}


def filled(words: str, facts: Mapping[str, object]) -> str:
    """A sentence with its facts."""
    return words % facts if facts else words


def all_words() -> tuple[str, ...]:
    """Every sentence once, for a catalogue."""
    tables = (MESSAGES, HINTS, NOTES, REFUSALS, PAPER)
    return tuple(dict.fromkeys(words for table in tables for words in table.values()))
