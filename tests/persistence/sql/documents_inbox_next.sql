SELECT document.*
  FROM document
  JOIN structure ON structure.id = document.structure_id
  WHERE document.stage = ? AND document.position < ? AND document.status != ? AND structure.path >= ? AND structure.path < ?
  ORDER BY document.position DESC
  LIMIT ?

SELECT structure.*
  FROM structure
  WHERE structure.id IN (…)

SELECT sentence_heat.*
  FROM sentence_heat
  WHERE sentence_heat.document_id IN (…)

SELECT document_version.*
  FROM document_version
  WHERE document_version.document_id IN (…)
