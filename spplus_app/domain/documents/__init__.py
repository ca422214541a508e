"""Hard documents: what a reader makes of any file, one text with its places, and marks on it.

A file walks one way. A reader gives lines with boxes (`reading.Positioned`) or blocks already in
order (`reading.Flowing`); `layout` makes one `reading.Reading` of the first, `plain` of bare text;
`canonical` makes the one text that everything else points into: sentences, boxes on the page,
marks (`annotations`), their selectors (`selectors`, `anchoring`) and the heat (`heat`).
Offsets are Unicode code points everywhere, as the Web Annotation model counts them.
"""
