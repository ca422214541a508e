SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT f.*
  FROM (SELECT s.position
  FROM experience_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  ORDER BY s.position DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position

SELECT f.*
  FROM (SELECT s.position
  FROM experience_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  ORDER BY s.position DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position
