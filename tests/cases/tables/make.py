"""Makes the workbooks beside it (openpyxl, odfpy): a cover, and a table that begins in the second row."""
import datetime
from openpyxl import Workbook
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

HEADER = ["Ref", "Text", "Pay", "Since", ""]
ROWS = [
    [1, "Key invoices into the ledger.", 2.5, datetime.date(2024, 3, 1), None],
    [2, "Advise clients on tax law.\nWrite it down.", 3, None, None],
    [None] * 5,
    [4, None, None, None, None],
    [5, "Zoë files „records“; drives, too.", 1e6, None, "x"],
]

book = Workbook()
book.active.title = "Cover"
sheet = book.create_sheet("Jobs")
sheet.append([])
for row in [HEADER] + ROWS:
    sheet.append(row)
book.save("jobs.xlsx")

def cell(value):
    if value is None or value == "":
        return TableCell()
    if isinstance(value, (int, float)):
        made = TableCell(valuetype="float", value=value)
        made.addElement(P(text=str(value)))
        return made
    if isinstance(value, datetime.date):
        made = TableCell(valuetype="date", datevalue=value.isoformat())
        made.addElement(P(text=value.isoformat()))
        return made
    made = TableCell(valuetype="string")
    for line in value.split("\n"):
        made.addElement(P(text=line))
    return made

book = OpenDocumentSpreadsheet()
book.spreadsheet.addElement(Table(name="Cover"))
sheet = Table(name="Jobs")
for row in [[]] + [HEADER] + ROWS:
    made = TableRow()
    for value in row or [None]:
        made.addElement(cell(value))
    sheet.addElement(made)
book.spreadsheet.addElement(sheet)
book.save("jobs.ods")
