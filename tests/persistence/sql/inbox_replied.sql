SELECT experience.*, experience_structure.*, structure.*
  FROM experience
  JOIN experience_structure ON experience_structure.experience_id = experience.id
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience.status = ? AND structure.path >= ? AND structure.path < ? AND experience_structure.replied_at IS NOT NULL
  ORDER BY experience_structure.replied_at DESC, experience.id DESC, experience_structure.position DESC
  LIMIT ?

SELECT count(*) AS count_1, count(*) FILTER (WHERE experience_structure.due_at < ?) AS anon_1
  FROM experience
  JOIN experience_structure ON experience_structure.experience_id = experience.id
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience.status = ? AND experience_structure.replied_at IS NULL AND structure.path >= ? AND structure.path < ?
