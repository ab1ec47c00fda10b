"""Decision tables with DMN's hit policies, typed cells, a legal basis, and what they leave open."""

from minhu.methods.ruling.analysis import Meeting, Report, analysed
from minhu.methods.ruling.deciding import Compiled, Decision, compiled
from minhu.methods.ruling.dmn_in import read_dmn
from minhu.methods.ruling.dmn_out import write_dmn
from minhu.methods.ruling.errors import Ambiguous, BadCell, BadDmn, BadInput, BadTable, RulingError
from minhu.methods.ruling.table import Aggregate, Basis, Hit, Input, Output, Rule, Table
from minhu.methods.ruling.values import Type, Value

__all__ = [
    "Aggregate",
    "Ambiguous",
    "BadCell",
    "BadDmn",
    "BadInput",
    "BadTable",
    "Basis",
    "Compiled",
    "Decision",
    "Hit",
    "Input",
    "Meeting",
    "Output",
    "Report",
    "Rule",
    "RulingError",
    "Table",
    "Type",
    "Value",
    "analysed",
    "compiled",
    "read_dmn",
    "write_dmn",
]
