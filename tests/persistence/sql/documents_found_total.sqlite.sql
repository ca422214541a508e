SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*)
  FROM (SELECT 1
  FROM document_fts
  WHERE document_fts MATCH ?
  LIMIT ?) AS found
