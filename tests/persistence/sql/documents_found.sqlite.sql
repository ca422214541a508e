SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT 
  FROM document_fts
  WHERE document_fts MATCH ?
  ORDER BY rowid DESC
  LIMIT ?

SELECT document.*
  FROM document
  WHERE document.position IN (…) AND document.stage = ?

SELECT structure.*
  FROM structure
  WHERE structure.id IN (…)
