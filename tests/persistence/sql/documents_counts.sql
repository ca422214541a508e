SELECT document.*
  FROM document
  JOIN (SELECT document.position AS position
  FROM document
  WHERE document.stage = ? AND document.position > ?
  ORDER BY document.position DESC
  LIMIT ?) AS found ON found.position = document.position GROUP BY document.status, document.kind, CAST(document.problems AS TEXT)
