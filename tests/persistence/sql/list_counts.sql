SELECT experience_facets.*
  FROM experience_facets
  ORDER BY experience_facets.position DESC
  LIMIT ?
