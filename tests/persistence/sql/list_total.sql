SELECT count(*) AS count_1
  FROM (SELECT experience_facets.position AS position
  FROM experience_facets
  LIMIT ?) AS anon_1
