SELECT commitment.*
  FROM commitment
  ORDER BY commitment.number, commitment.version

SELECT figure.*
  FROM figure
