#!/usr/bin/env python3
"""Measures how well PDF files are read, on PDFs made from the texts of corpus/.

    cargo build --release -p outsort-documents --example outline
    python3 crates/documents/eval/measure.py [--documents N] [--keep FOLDER]

Needs LibreOffice, Chromium, reportlab and poppler-utils. Each text is laid out by several programs; the
table gives, for this crate and for pdftotext: words found, words found in true order (both percent of the
true words), and for this crate the share of true headings and of true items that come out as exactly one
block of their kind.
"""
import argparse, collections, difflib, html, json, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
READER = ROOT / "target/release/examples/outline"


def blocks(text):
    """(kind, text) of a corpus text: headings, items, paragraphs."""
    out, lines = [], [line.strip() for line in text.splitlines()]
    for i, line in enumerate(lines):
        if not line or set(line) <= set("-=*_|"):
            continue
        line = re.sub(r"[*_`]{1,2}(\S.*?\S|\S)[*_`]{1,2}", r"\1", line)
        item = re.match(r"(?:[-•*·–]|\(?\d{1,2}[.)])\s+(.*)", line)
        nxt = next((l for l in lines[i + 1:] if l), "")
        short = len(line.split()) <= 8 and not re.search(r"[.,;:|!?]$", line) and "|" not in line
        if line.startswith("#"):
            out.append(("heading", line.lstrip("# ")))
        elif item:
            out.append(("item", item[1]))
        elif short and (i == 0 or re.match(r"[-•*·–]\s", nxt)) and nxt:
            out.append(("heading", line))
        else:
            out.append(("paragraph", line))
    return out


def page(doc, style):
    body, open_list = [], False
    for kind, text in doc:
        if open_list and kind != "item":
            body.append("</ul>"); open_list = False
        if kind == "item" and not open_list:
            body.append("<ul>"); open_list = True
        tag = {"heading": "h2", "item": "li", "paragraph": "p"}[kind]
        body.append(f"<{tag}>{html.escape(text)}</{tag}>")
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>x</title><style>{style}</style><body>{''.join(body)}{'</ul>' if open_list else ''}</html>"


def libreoffice(doc, path, style="body{font:11pt 'Liberation Serif'}"):
    source = path.with_suffix(".html")
    source.write_text(page(doc, style))
    subprocess.run(["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf", "--outdir", path.parent, source],
                   check=True, capture_output=True, timeout=180)


def word(doc, path):
    import docx
    file = docx.Document()
    for kind, text in doc:
        if kind == "heading":
            file.add_heading(text, 1)
        else:
            file.add_paragraph(text, style="List Bullet" if kind == "item" else None)
    file.sections[0].header.paragraphs[0].text = "Harrow & Finch Ltd, confidential"
    file.save(path.with_suffix(".docx"))
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", path.parent, path.with_suffix(".docx")],
                   check=True, capture_output=True, timeout=180)


def chromium(doc, path, style="body{font:15px/1.4 'Liberation Sans'}"):
    source = path.with_suffix(".html")
    source.write_text(page(doc, style))
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={path}", source],
                   check=True, capture_output=True, timeout=120)


def chromium_columns(doc, path):
    chromium(doc, path, "body{font:13px/1.35 'Liberation Serif';columns:2;column-gap:28px;text-align:justify;hyphens:auto}")


def reportlab(doc, path, columns=1):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
    width, height = A4
    plain = ParagraphStyle("p", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=6, alignment=4)
    styles = {
        "paragraph": plain,
        "heading": ParagraphStyle("h", parent=plain, fontName="Times-Bold", fontSize=10 if columns == 1 else 12, leading=15, spaceBefore=8, alignment=0),
        "item": ParagraphStyle("i", parent=plain, leftIndent=14, bulletIndent=3, bulletFontName="Symbol", spaceAfter=2),
    }
    def furniture(canvas, _):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 35, "Role profile, confidential")
        canvas.drawRightString(width - 60, 30, f"Page {canvas.getPageNumber()}")
    gap, inner = 20, width - 120
    each = (inner - gap * (columns - 1)) / columns
    frames = [Frame(60 + i * (each + gap), 50, each, height - 110, 0, 0, 0, 0) for i in range(columns)]
    file = BaseDocTemplate(str(path), pagesize=A4, pageTemplates=[PageTemplate(frames=frames, onPage=furniture)])
    story = []
    for kind, text in doc:
        mark = '<bullet>\u2022</bullet>' if kind == "item" else ""
        text = html.escape(hyphenated(text) if columns == 2 and kind != "heading" else text, quote=False)
        story.append(Paragraph(mark + text, styles[kind]))
    file.build(story)


def hyphenated(text):
    """Soft hyphens in long words, so that lines break within words."""
    return re.sub(r"[a-z]{8,}", lambda m: m[0][: len(m[0]) // 2] + "\u00ad" + m[0][len(m[0]) // 2:], text)


MAKERS = {
    "libreoffice": libreoffice, "docx": word, "chromium": chromium, "chromium2": chromium_columns,
    "reportlab": reportlab, "reportlab2": lambda doc, path: reportlab(doc, path, 2),
}


def words(text):
    return re.findall(r"\w+(?:[-'’&/]\w+)*", text.lower().replace("\u00ad", ""))


def scores(true, found):
    missing = collections.Counter(true) - collections.Counter(found)
    ordered = sum(m.size for m in difflib.SequenceMatcher(None, true, found, autojunk=False).get_matching_blocks())
    return 100 * (1 - sum(missing.values()) / len(true)), 100 * ordered / len(true)


def squeeze(text):
    return " ".join(words(text))


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--documents", type=int, default=20)
    args.add_argument("--keep")
    args.add_argument("--only")
    args = args.parse_args()
    folder = pathlib.Path(args.keep or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    texts = [path.read_text() for path in sorted((ROOT / "corpus/samples").iterdir())]
    rows = [json.loads(line) for line in (ROOT / "corpus/documents.jsonl").read_text().splitlines()]
    rows = [row for row in rows if row["format"] in ("txt", "md") and "|--" not in row["text"]]
    step = max(1, len(rows) // max(1, args.documents - len(texts)))
    texts = (texts + [row["text"] for row in rows[::step]])[: args.documents]
    total = collections.defaultdict(lambda: collections.defaultdict(list))
    for number, text in enumerate(texts):
        doc = blocks(text)
        for maker, make in MAKERS.items():
            if args.only and maker != args.only:
                continue
            path = folder / f"{maker}-{number:02}.pdf"
            if not path.exists():
                make(doc, path)
            run = subprocess.run([READER, path], capture_output=True, text=True, timeout=60)
            path.with_suffix(".out.md").write_text(run.stdout)
            if run.returncode:
                print(run.stderr, file=sys.stderr)
            peer = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True).stdout
            true = words(" ".join(text for _, text in doc))
            total[maker]["ours"].append(scores(true, words(run.stdout)))
            total[maker]["peer"].append(scores(true, words(peer)))
            got = collections.defaultdict(collections.Counter)
            for line in run.stdout.splitlines():
                kind = re.match(r"\s*(#+|-)? ?", line)[1]
                got["heading" if kind and kind[0] == "#" else "item" if kind else "paragraph"][squeeze(line)] += 1
            for kind in ("heading", "item", "paragraph"):
                wanted = [squeeze(text) for k, text in doc if k == kind]
                for one in wanted:
                    hit = got[kind][one] > 0
                    got[kind][one] -= hit
                    total[maker][kind].append(hit)
                    if not hit and args.keep:
                        with open(folder / "missed.txt", "a") as log:
                            print(path.name, kind, one[:90], sep="\t", file=log)
    mean = lambda values: sum(values) / max(1, len(values))
    print(f"{'':12} {'outsort':>14} {'least':>12} {'pdftotext':>14} {'headings':>9} {'items':>7} {'paragraphs':>10}")
    for maker, got in total.items():
        pair = lambda name, f: "/".join(f"{f([v[i] for v in got[name]]):.1f}" for i in (0, 1))
        print(f"{maker:12} {pair('ours', mean):>14} {pair('ours', min):>12} {pair('peer', mean):>14} "
              + " ".join(f"{100 * mean(got[k]):{w}.1f}" for k, w in (("heading", 9), ("item", 7), ("paragraph", 10))))


if __name__ == "__main__":
    main()
