SELECT count(*) AS count_1, coalesce(group_concat(anon_1.facets, ' '), ?) AS coalesce_1
  FROM (SELECT experience_facets.facets AS facets
  FROM experience_facets
  ORDER BY experience_facets.position DESC
  LIMIT ?) AS anon_1
