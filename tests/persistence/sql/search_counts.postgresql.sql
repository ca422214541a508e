SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*), coalesce(string_agg(f.facets, ' '), '')
  FROM (SELECT s.position
  FROM experience_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  ORDER BY s.position DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position

SELECT count(*), coalesce(string_agg(f.facets, ' '), '')
  FROM (SELECT s.position
  FROM experience_search AS s
  WHERE s.terms @@ CAST(? AS tsquery)
  ORDER BY s.position DESC
  LIMIT ?) AS found
  JOIN experience_facets AS f ON f.position = found.position
