SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT document_search.*
  FROM document_search
  WHERE document_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY document_search.position DESC
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
