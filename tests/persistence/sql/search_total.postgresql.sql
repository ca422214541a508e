SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT count(*) AS count_1
  FROM (SELECT experience_search.position AS position
  FROM experience_search
  WHERE experience_search.terms @@ CAST(? AS TSQUERY)
  LIMIT ?) AS anon_1
