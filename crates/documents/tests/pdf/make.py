#!/usr/bin/env python3
"""Makes the PDF files of this folder: `python3 make.py`. Needs reportlab, pikepdf and Chromium."""
import pathlib, subprocess, tempfile

import pikepdf
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

HERE = pathlib.Path(__file__).parent
PLAIN = ParagraphStyle("p", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=6, alignment=4)
HEAD = ParagraphStyle("h", parent=PLAIN, fontName="Times-Bold", spaceBefore=8, alignment=0)
TITLE = ParagraphStyle("t", parent=HEAD, fontSize=16, leading=20)
ITEM = ParagraphStyle("i", parent=PLAIN, leftIndent=14, bulletIndent=3, bulletFontName="Symbol", spaceAfter=2)
DUTIES = [
    "Read every com\u00adplaint on the day it arrives and write down in the case file what the cus\u00adtomer asks for",
    "Decide first-level com\u00adplaints alone and pass the others, with a recom\u00admen\u00addation, to the ombuds\u00adman's desk",
    "Draft answers that a lay\u00adman under\u00adstands, and quote the clause of the policy that the decision rests upon",
    "Keep the regis\u00adter of com\u00adplaints complete, so that the regu\u00adlator's quarterly return can be drawn from it",
]


def columns():
    width, height = A4
    def furniture(page, _):
        page.setFont("Helvetica", 8)
        page.drawString(60, height - 35, "Complaints office, version 3")
        page.drawRightString(width - 60, 30, f"Page {page.getPageNumber()} of 2")
    frames = [Frame(x, 50, 225, height - 110, 0, 0, 0, 0) for x in (60, 310)]
    file = BaseDocTemplate(str(HERE / "columns.pdf"), pagesize=A4, invariant=1,
                           pageTemplates=[PageTemplate(frames=frames, onPage=furniture)])
    story = [Paragraph("Complaints Handler", TITLE)]
    for part in range(1, 8):
        story.append(Paragraph(f"What you do in month {part}", HEAD))
        story.append(Paragraph(
            "A complaint is first-level when no lawyer is in\u00advolved and the sum in dispute is small. You close it "
            "within five days, in writing, and the of\u00adfice's stan\u00addard of proof is the balance of prob\u00adabilities. "
            "Where the file gives no clear answer you ring the customer.", PLAIN))
        story += [Paragraph(f"<bullet>\u2022</bullet>{duty}", ITEM) for duty in DUTIES]
    file.build(story)


def table():
    file = SimpleDocTemplate(str(HERE / "table.pdf"), pagesize=A4, invariant=1)
    form = [["Job title", "Stock clerk"], ["Reports to:", "Depot manager"], ["Grade", "4"]]
    cell = lambda text: Paragraph(text, ParagraphStyle("c", fontName="Helvetica", fontSize=9, leading=11))
    rows = [["Task", "How often"],
            [cell("Counts the bins of one aisle with the hand scanner and enters every difference in the stock system"), cell("Daily")],
            [cell("Prints the list of goods that have not moved for a year and takes it to the depot manager's office"), cell("Monthly")]]
    ruled = Table(rows, colWidths=[300, 100], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTSIZE", (0, 0), (-1, -1), 9)])
    file.build([Table(form, colWidths=[120, 280]), Paragraph("Tasks of the post", HEAD), ruled])


def browser():
    page = """<!doctype html><meta charset=utf-8><title>Night auditor</title>
    <style>body{font:14px/1.4 'Liberation Sans'}</style><body><h1>Night auditor</h1>
    <p>Closes the hotel's day at three in the morning, when the bar's till has been counted and nobody checks in any more.</p>
    <h2>Tasks</h2><ul><li>Posts room and tax to every open folio<li>Balances
    <ul><li>the card terminal against the bank's report<li>the bar's till</ul>
    <li>Writes the morning report for the manager, with the nights sold, the average rate and whatever was broken or
    complained about during the night</ul><h2>Steps of the close</h2><ol><li>Stop the tills<li>Print the journals</ol>"""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "page.html")
        source.write_text(page)
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer",
                        f"--print-to-pdf={HERE / 'browser.pdf'}", source], check=True, capture_output=True)


def odd():
    page = canvas.Canvas(str(HERE / "scanned.pdf"), pagesize=A4, invariant=1)
    page.rect(100, 100, 300, 400, fill=1)
    page.showPage()
    page.save()
    page = canvas.Canvas(str(HERE / "plain.pdf"), pagesize=A4, invariant=1)
    page.setFont("Helvetica", 11)
    page.drawString(72, 700, "Answers the telephone and takes messages.")
    page.showPage()
    page.save()
    for name, user in (("locked", "secret"), ("open", "")):
        with pikepdf.open(HERE / "plain.pdf") as file:
            file.save(HERE / f"{name}.pdf", encryption=pikepdf.Encryption(owner="keeper", user=user, R=6))


columns(), table(), browser(), odd()
