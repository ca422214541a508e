SELECT structure.*
  FROM structure
  WHERE structure.code = ?

SELECT experience_search.*
  FROM experience_search
  WHERE experience_search.terms @@ CAST(? AS TSQUERY)
  ORDER BY experience_search.position DESC
  LIMIT ?

SELECT experience.*
  FROM experience
  WHERE experience.position IN (…)

SELECT experience_structure.*, structure.*
  FROM experience_structure
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience_structure.experience_id IN (…)
  ORDER BY experience_structure.experience_id, experience_structure.position
