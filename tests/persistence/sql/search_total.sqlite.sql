SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*)
  FROM (SELECT 1
  FROM experience_fts
  WHERE experience_fts MATCH ?
  LIMIT ?) AS found
