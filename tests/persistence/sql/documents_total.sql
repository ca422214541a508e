SELECT count(*) AS count_1
  FROM (SELECT document.position AS position
  FROM document
  WHERE document.stage = ? AND document.position > ?
  LIMIT ?) AS anon_1
