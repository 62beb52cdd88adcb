"""Blocks as a Word document."""

import io
from collections.abc import Sequence
from urllib.parse import quote

from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.memo import styles
from reports.memo.blocks import TEXT_WIDTH, Block, Link, Para, Picture, Table, Tiles, pages
from reports.memo.xml import element, field, text_run, twips

UNDER = 7  # pt under a picture's caption


class Writer:
    """Writes blocks one after the other and counts tables and pictures."""

    def __init__(self, title: str, subject: str, made: str) -> None:
        self.document: Doc = styles.empty(title, subject, made)
        self.tables = self.pictures = 0
        self.tight = False  # whether a table without a note stands right above

    def write(self, blocks: Sequence[Block]) -> bytes:
        """The document's bytes."""
        for block in blocks:
            _WRITERS[type(block)](self, block)
            self.tight = isinstance(block, Tiles) or (isinstance(block, Table) and not block.note)
        self._count_pages(pages(blocks))
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def paragraph(self, style: str, text: str = "", lead: str = ""):
        """A paragraph with what stands bold before it."""
        made = self.document.add_paragraph(style=style)
        if lead:
            after = ("\t" if "\t" in lead else " ") if text else ""
            made._p.append(text_run(f"{lead}{after}", bold=True))
        if text:
            made._p.append(text_run(text))
        if self.tight and style in ("Normal", "List Bullet"):
            made.paragraph_format.space_before = Pt(6)
        return made

    def para(self, block: Para) -> None:
        self.paragraph(block.style, block.text, block.lead)

    def caption(self, kind: str, number: int, text: str, above: bool) -> None:
        """Tabel 1. …, its number a field that Word counts; above a table it stays with it."""
        made = self.paragraph("Caption")
        made._p.append(text_run(f"{kind} "))
        made._p.extend(field(f"SEQ {kind} \\* ARABIC", str(number)))
        made._p.append(text_run(f". {text}"))
        if not above:
            made.paragraph_format.keep_with_next, made.paragraph_format.space_after = False, Pt(UNDER)

    def table(self, block: Table) -> None:
        self.tables += 1
        self.caption("Tabel", self.tables, block.caption, above=True)
        grid = block.grid
        made = _table(self._id(styles.TABLE), block.columns, block.caption, head=True)
        heads = enumerate(zip(grid.heads, block.columns, strict=True))
        cells = [_cell(text, w, "KepalaTabel", i in grid.numeric, fill=styles.HEAD) for i, (text, w) in heads]
        made.append(_row(cells, head=True))
        for n, row in enumerate(grid.rows):
            total = n in grid.totals
            cells = [
                _cell(text, w, "IsiTabel", i in grid.numeric, total, block.kept(n), styles.PALE if total else "")
                for i, (text, w) in enumerate(zip(row, block.columns, strict=True))
            ]
            made.append(_row(cells))
        self._append(made)
        if block.note:
            self.paragraph("Keterangan", block.note)

    def picture(self, block: Picture) -> None:
        self.pictures += 1
        made = self.document.add_paragraph(style="Normal")
        made.paragraph_format.keep_with_next, made.paragraph_format.space_after = True, Pt(2)
        wide, high = block.size
        inline = made.add_run().add_picture(io.BytesIO(block.png), Pt(wide), Pt(high))._inline
        inline.docPr.set("name", f"Gambar {self.pictures}")
        inline.docPr.set("descr", block.alt)
        self.caption("Gambar", self.pictures, f"{block.caption} {block.note}".strip(), above=False)

    def tiles(self, block: Tiles) -> None:
        wide = TEXT_WIDTH / block.columns
        made = _table(self._id(styles.TILES), [wide] * block.columns, "Angka utama", head=False)
        for i in range(0, len(block.figures), block.columns):
            row = block.figures[i : i + block.columns]
            cells = []
            for f in row:
                cell = _cell(f.label, wide, "IsiTabel")
                cell.append(_text("AngkaUtama", f.value))
                cell.append(_text("IsiTabel", f.beside))
                cells.append(cell)
            if left := block.columns - len(row):  # the last tile is as wide as the row's end
                cells[-1].tcPr.insert(1, element("w:gridSpan", {"w:val": left + 1}))
                cells[-1].tcPr[0].set(qn("w:w"), str(twips(wide) * (left + 1)))
            made.append(_row(cells))
        self._append(made)

    def link(self, block: Link) -> None:
        """A hyperlink for a web address; anything else, and what is too long for Word, as plain text."""
        made = self.paragraph("Keterangan", "" if block.web else block.shown, block.label)
        if block.web:
            address = quote(block.address, safe="%/:=&?~#+!$,;'@()*[]-._")
            target = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            run = text_run(block.shown)
            look = element("w:rPr", {}, element("w:color", {"w:val": "1A4FA0"}), element("w:u", {"w:val": "single"}))
            run.insert(0, look)
            made._p.append(text_run(" "))
            made._p.append(element("w:hyperlink", {"r:id": target, "w:history": 1}, run))

    def _append(self, made) -> None:
        self.document.element.body.insert_element_before(made, "w:sectPr")

    def _id(self, style: str) -> str:
        return self.document.styles[style].style_id

    def _count_pages(self, count: float) -> None:
        """What the footer shows until Word counts the pages itself."""
        footer = self.document.sections[0].footer.paragraphs[0]._p
        footer.findall(f"{qn('w:r')}/{qn('w:t')}")[-1].text = str(max(1, int(count) + (count % 1 > 0)))


_WRITERS = {Para: Writer.para, Table: Writer.table, Picture: Writer.picture, Tiles: Writer.tiles, Link: Writer.link}


def _table(style: str, columns: Sequence[float], caption: str, head: bool):
    """A table of fixed columns, without rows yet."""
    look = {f"w:{name}": 0 for name in ("lastRow", "firstColumn", "lastColumn")}
    return element(
        "w:tbl",
        {},
        element(
            "w:tblPr",
            {},
            element("w:tblStyle", {"w:val": style}),
            element("w:tblW", {"w:w": sum(map(twips, columns)), "w:type": "dxa"}),
            element("w:tblLayout", {"w:type": "fixed"}),
            element(
                "w:tblLook",
                {"w:val": "0620" if head else "0600", "w:firstRow": int(head), **look, "w:noHBand": 1, "w:noVBand": 1},
            ),
            element("w:tblCaption", {"w:val": caption}),
        ),
        element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": twips(w)}) for w in columns)),
    )


def _row(cells: Sequence, head: bool = False):
    """A row that no page parts; a head is said again on each page."""
    marks = [element("w:cantSplit", {}), *([element("w:tblHeader", {})] if head else [])]
    return element("w:tr", {}, element("w:trPr", {}, *marks), *cells)


def _cell(text, wide, style, right=False, bold=False, kept=False, fill=""):
    """A cell with one paragraph."""
    looks = [element("w:tcW", {"w:w": twips(wide), "w:type": "dxa"})]
    if fill:
        looks.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}))
    return element("w:tc", {}, element("w:tcPr", {}, *looks), _text(style, text, right, bold, kept))


def _text(style, text, right=False, bold=False, kept=False):
    """A paragraph of a cell."""
    looks = [element("w:pStyle", {"w:val": style})]
    if kept:
        looks.append(element("w:keepNext", {}))
    if right:
        looks.append(element("w:jc", {"w:val": "right"}))
    return element("w:p", {}, element("w:pPr", {}, *looks), *([text_run(text, bold)] if text else []))
