SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*), coalesce(group_concat(facets, ' '), '')
  FROM (SELECT rowid
  FROM experience_fts
  WHERE experience_fts MATCH ?
  ORDER BY rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.rowid

SELECT count(*), coalesce(group_concat(facets, ' '), '')
  FROM (SELECT rowid
  FROM experience_fts
  WHERE experience_fts MATCH ?
  ORDER BY rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.rowid
