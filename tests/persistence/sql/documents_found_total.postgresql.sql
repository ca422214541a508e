SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*)
  FROM (SELECT 1
  FROM document_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  LIMIT ?) AS found
