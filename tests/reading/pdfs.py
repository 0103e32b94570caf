"""PDFs made in the tests: one content stream a page, Helvetica in WinAnsi."""

from __future__ import annotations

import io

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf(*pages: list[str], title: str | None = None, created: str | None = None, password: str | None = None) -> bytes:
    """A PDF of `pages`, each a list of lines; `created` as in PDF: D:20260311080000Z."""
    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica"),
                             NameObject("/Encoding"): NameObject("/WinAnsiEncoding")})
    for lines in pages:
        sheet = writer.add_blank_page(595, 842)
        sheet[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})})
        stream = DecodedStreamObject()
        shown = b"\n".join(b"(" + line.replace("(", "\\(").replace(")", "\\)").encode("cp1252") + b") Tj 0 -14 Td"
                           for line in lines)
        stream.set_data(b"BT /F1 11 Tf 50 780 Td\n" + shown + b"\nET")
        sheet[NameObject("/Contents")] = writer._add_object(stream)
    if title or created:
        writer.add_metadata({key: value for key, value in {"/Title": title, "/CreationDate": created}.items() if value})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
