SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT document_fts.*
  FROM document_fts
  WHERE document_fts.document_fts MATCH ?
  ORDER BY document_fts.rowid DESC
  LIMIT ?

SELECT document.*
  FROM document
  WHERE document.position IN (…) AND document.stage = ?

SELECT structure.*
  FROM structure
  WHERE structure.id IN (…)

SELECT document_version.*
  FROM document_version
  WHERE document_version.document_id IN (…)
