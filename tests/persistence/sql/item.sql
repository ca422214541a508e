SELECT experience.*
  FROM experience
  WHERE experience.id = ?

SELECT experience_version.*
  FROM experience_version
  WHERE experience_version.experience_id = ?
  ORDER BY experience_version.number

SELECT moderation.*
  FROM moderation
  WHERE moderation.experience_id = ?
  ORDER BY moderation.id

SELECT second_look.*
  FROM second_look
  WHERE second_look.experience_id = ?

SELECT experience_structure.*, structure.*
  FROM experience_structure
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience_structure.experience_id IN (…)
  ORDER BY experience_structure.experience_id, experience_structure.position

SELECT answer.*
  FROM answer
  WHERE answer.experience_id = ?
  ORDER BY answer.id

SELECT reply.*, structure.*
  FROM reply
  JOIN structure ON structure.id = reply.structure_id
  WHERE reply.experience_id = ? AND reply.status IN (…)
  ORDER BY reply.published_at, reply.id

SELECT experience_version.*
  FROM experience_version
  WHERE experience_version.experience_id = ?
  ORDER BY experience_version.number

SELECT experience_version.*
  FROM experience_version
  WHERE experience_version.experience_id = ?
  ORDER BY experience_version.number

SELECT moderation_reason.*
  FROM moderation_reason
  ORDER BY moderation_reason.position, moderation_reason.code

SELECT original.*
  FROM original
  WHERE original.experience_id = ?
  LIMIT ?
