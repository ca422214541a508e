SELECT document.*
  FROM document
  WHERE document.stage = ? AND document.position > ?
  ORDER BY document.position DESC
  LIMIT ?

SELECT document.*
  FROM document
  WHERE document.position IN (…) AND document.stage = ?

SELECT structure.*
  FROM structure
  WHERE structure.id IN (…)
