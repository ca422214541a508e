SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT document.*
  FROM document
  JOIN (SELECT document_fts.rowid AS rowid
  FROM document_fts
  WHERE document_fts.document_fts MATCH ?
  ORDER BY document_fts.rowid DESC
  LIMIT ?) AS found ON found.rowid = document.position GROUP BY document.status, document.kind, CAST(document.problems AS TEXT)

SELECT document.*
  FROM document
  JOIN (SELECT document_fts.rowid AS rowid
  FROM document_fts
  WHERE document_fts.document_fts MATCH ?
  ORDER BY document_fts.rowid DESC
  LIMIT ?) AS found ON found.rowid = document.position GROUP BY document.status, document.kind, CAST(document.problems AS TEXT)
