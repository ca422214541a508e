SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1
  FROM (SELECT experience_fts.rowid AS rowid
  FROM experience_fts
  WHERE experience_fts.experience_fts MATCH ?
  LIMIT ?) AS anon_1
