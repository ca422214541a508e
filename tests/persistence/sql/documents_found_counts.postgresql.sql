SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT document.*
  FROM document
  JOIN (SELECT document_search.position AS position
  FROM document_search
  WHERE document_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY document_search.position DESC
  LIMIT ?) AS found ON found.position = document.position GROUP BY document.status, document.kind, CAST(document.problems AS TEXT)

SELECT document.*
  FROM document
  JOIN (SELECT document_search.position AS position
  FROM document_search
  WHERE document_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY document_search.position DESC
  LIMIT ?) AS found ON found.position = document.position GROUP BY document.status, document.kind, CAST(document.problems AS TEXT)
