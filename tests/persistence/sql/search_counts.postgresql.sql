SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1, coalesce(string_agg(anon_1.facets, ' '), ?) AS coalesce_1
  FROM (SELECT experience_facets.facets AS facets
  FROM (SELECT experience_search.position AS position
  FROM experience_search
  WHERE experience_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY experience_search.position DESC
  LIMIT ?) AS found
  JOIN experience_facets ON experience_facets.position = found.position) AS anon_1

SELECT count(*) AS count_1, coalesce(string_agg(anon_1.facets, ' '), ?) AS coalesce_1
  FROM (SELECT experience_facets.facets AS facets
  FROM (SELECT experience_search.position AS position
  FROM experience_search
  WHERE experience_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY experience_search.position DESC
  LIMIT ?) AS found
  JOIN experience_facets ON experience_facets.position = found.position) AS anon_1
