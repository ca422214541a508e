SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1, coalesce(group_concat(anon_1.facets, ' '), ?) AS coalesce_1
  FROM (SELECT experience_facets.facets AS facets
  FROM (SELECT experience_fts.rowid AS rowid
  FROM experience_fts
  WHERE experience_fts.experience_fts MATCH ?
  ORDER BY experience_fts.rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets ON experience_facets.position = found.rowid) AS anon_1

SELECT count(*) AS count_1, coalesce(group_concat(anon_1.facets, ' '), ?) AS coalesce_1
  FROM (SELECT experience_facets.facets AS facets
  FROM (SELECT experience_fts.rowid AS rowid
  FROM experience_fts
  WHERE experience_fts.experience_fts MATCH ?
  ORDER BY experience_fts.rowid DESC
  LIMIT ?) AS found
  JOIN experience_facets ON experience_facets.position = found.rowid) AS anon_1
