SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT s.*
  FROM document_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  ORDER BY s.position DESC
  LIMIT ?

SELECT document.*
  FROM document
  WHERE document.position IN (…) AND document.stage = ?

SELECT structure.*
  FROM structure
  WHERE structure.id IN (…)
