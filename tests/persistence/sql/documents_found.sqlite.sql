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

SELECT document.*, document_version.*
  FROM document
  JOIN document_version ON document_version.document_id = document.id AND document_version.number = document.version
  WHERE document.id IN (…)
