SELECT visitor_item.*
  FROM visitor_item
  WHERE visitor_item.visitor = ?
  ORDER BY visitor_item.created_at DESC, visitor_item.experience_id DESC
  LIMIT ?

SELECT experience.*
  FROM experience
  WHERE experience.id IN (…)

SELECT experience_structure.*, structure.*
  FROM experience_structure
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience_structure.experience_id IN (…)
  ORDER BY experience_structure.experience_id, experience_structure.position
