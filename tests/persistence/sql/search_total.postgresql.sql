SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*)
  FROM (SELECT 1
  FROM experience_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  LIMIT ?) AS found
