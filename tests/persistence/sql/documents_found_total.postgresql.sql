SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1
  FROM (SELECT document_search.position AS position
  FROM document_search
  WHERE document_search.terms @@ CAST(? AS TSQUERY)
  LIMIT ?) AS anon_1
