"""The few functions of PDFium that readers call, declared by hand, in the words of its own header.

`pypdfium2_raw.bindings` declares them all, and takes most of the time in which a reader begins;
a test holds these to be the same as those.
"""

from __future__ import annotations

import ctypes
import os.path
import sys
from importlib.util import find_spec

TYPE_CHECKING = False  # `typing` takes longer to import than a letter to read.
if TYPE_CHECKING:
    from typing import Any

ERR_PASSWORD, ERR_SECURITY = 4, 5
ANNOT_FREETEXT, ANNOT_STAMP, ANNOT_FILEATTACHMENT, ANNOT_WIDGET = 3, 13, 17, 20
OBJECT_PATH, OBJECT_IMAGE, OBJECT_FORM = 2, 3, 5
FLAT_NORMALDISPLAY, FLATTEN_SUCCESS = 0, 1
BITMAP_BGR = 2
RENDER_ANNOT = 1


class Rect(ctypes.Structure):
    """A rectangle, from the bottom of a page upwards."""

    _fields_ = tuple((side, ctypes.c_float) for side in ("left", "top", "right", "bottom"))


class Size(ctypes.Structure):
    """A width and a height, in points."""

    _fields_ = (("width", ctypes.c_float), ("height", ctypes.c_float))


def _library() -> ctypes.CDLL:
    spec = find_spec("pypdfium2_raw")
    name = {"darwin": "libpdfium.dylib", "win32": "pdfium.dll"}.get(sys.platform, "libpdfium.so")
    if spec is None or spec.origin is None:
        raise ImportError("pypdfium2_raw")
    return ctypes.CDLL(os.path.join(os.path.dirname(spec.origin), name))  # noqa: PTH118, PTH120


_LIBRARY = _library()
DECLARED: dict[str, Any] = {}
"""The functions, by their name in the header."""
_int, _uint, _float, _double = ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_double
_ulong, _size, _text, _any = ctypes.c_ulong, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_void_p


def _declared(name: str, result: Any, *arguments: Any) -> Any:
    function = getattr(_LIBRARY, name)
    function.restype, function.argtypes = result, arguments
    DECLARED[name] = function
    return function


init_library = _declared("FPDF_InitLibrary", None)
last_error = _declared("FPDF_GetLastError", _ulong)
load_document = _declared("FPDF_LoadMemDocument64", _any, _text, _size, _text)
page_count = _declared("FPDF_GetPageCount", _int, _any)
page_size = _declared("FPDF_GetPageSizeByIndexF", _int, _any, _int, _any)

load_page = _declared("FPDF_LoadPage", _any, _any, _int)
close_page = _declared("FPDF_ClosePage", None, _any)
page_width = _declared("FPDF_GetPageWidthF", _float, _any)
page_height = _declared("FPDF_GetPageHeightF", _float, _any)
page_box = _declared("FPDF_GetPageBoundingBox", _int, _any, _any)
page_rotation = _declared("FPDFPage_GetRotation", _int, _any)
object_count = _declared("FPDFPage_CountObjects", _int, _any)
object_at = _declared("FPDFPage_GetObject", _any, _any, _int)
object_type = _declared("FPDFPageObj_GetType", _int, _any)
object_bounds = _declared("FPDFPageObj_GetBounds", _int, _any, _any, _any, _any, _any)

annotation_count = _declared("FPDFPage_GetAnnotCount", _int, _any)
annotation_at = _declared("FPDFPage_GetAnnot", _any, _any, _int)
annotation_type = _declared("FPDFAnnot_GetSubtype", _int, _any)
close_annotation = _declared("FPDFPage_CloseAnnot", None, _any)
flatten = _declared("FPDFPage_Flatten", _int, _any, _int)

load_text = _declared("FPDFText_LoadPage", _any, _any)
close_text = _declared("FPDFText_ClosePage", None, _any)
character_count = _declared("FPDFText_CountChars", _int, _any)
text_of = _declared("FPDFText_GetText", _int, _any, _int, _int, _any)
character_of = _declared("FPDFText_GetCharIndexFromTextIndex", _int, _any, _int)
font_size = _declared("FPDFText_GetFontSize", _double, _any, _int)
font_weight = _declared("FPDFText_GetFontWeight", _int, _any, _int)
character_box = _declared("FPDFText_GetLooseCharBox", _int, _any, _int, _any)

attachment_count = _declared("FPDFDoc_GetAttachmentCount", _int, _any)
script_count = _declared("FPDFDoc_GetJavaScriptActionCount", _int, _any)
script_at = _declared("FPDFDoc_GetJavaScriptAction", _any, _any, _int)
script_name = _declared("FPDFJavaScriptAction_GetName", _ulong, _any, _any, _ulong)
close_script = _declared("FPDFDoc_CloseJavaScriptAction", None, _any)

make_bitmap = _declared("FPDFBitmap_CreateEx", _any, _int, _int, _int, _any, _int)
fill_bitmap = _declared("FPDFBitmap_FillRect", _int, _any, _int, _int, _int, _int, _ulong)
draw_page = _declared("FPDF_RenderPageBitmap", None, _any, _any, _int, _int, _int, _int, _int, _int)
bitmap_stride = _declared("FPDFBitmap_GetStride", _int, _any)
bitmap_buffer = _declared("FPDFBitmap_GetBuffer", _any, _any)
drop_bitmap = _declared("FPDFBitmap_Destroy", None, _any)
