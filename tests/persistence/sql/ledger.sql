SELECT figure.*
  FROM figure
  WHERE figure.name LIKE ?
