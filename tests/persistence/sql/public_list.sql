SELECT experience.*
  FROM experience
  WHERE experience.status = ?
  ORDER BY experience.published_at DESC, experience.id DESC
  LIMIT ?

SELECT experience_structure.*, structure.*
  FROM experience_structure
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience_structure.experience_id IN (…)
  ORDER BY experience_structure.experience_id, experience_structure.position
