SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1
  FROM (SELECT document_fts.rowid AS rowid
  FROM document_fts
  WHERE document_fts.document_fts MATCH ?
  LIMIT ?) AS anon_1
