SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT f.*
  FROM (SELECT rowid AS position
  FROM experience_fts
  WHERE experience_fts MATCH ?
  ORDER BY rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position

SELECT f.*
  FROM (SELECT rowid AS position
  FROM experience_fts
  WHERE experience_fts MATCH ?
  ORDER BY rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position
