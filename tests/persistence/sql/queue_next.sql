SELECT experience.*
  FROM experience
  WHERE experience.status = ? AND (EXISTS (SELECT *
  FROM second_look
  WHERE second_look.experience_id = experience.id AND second_look.urgent IS TRUE))
  ORDER BY experience.sent_at, experience.id
  LIMIT ?

SELECT experience.*
  FROM experience
  WHERE experience.status = ? AND NOT (EXISTS (SELECT *
  FROM second_look
  WHERE second_look.experience_id = experience.id AND second_look.urgent IS TRUE)) AND (experience.sent_at > ? OR experience.sent_at = ? AND experience.id > ?)
  ORDER BY experience.sent_at, experience.id
  LIMIT ?

SELECT answer.*
  FROM answer
  WHERE answer.status = ?
  ORDER BY answer.created_at, answer.id
  LIMIT ?

SELECT experience.*
  FROM experience
  WHERE experience.id IN (…)

SELECT experience_structure.*, structure.*
  FROM experience_structure
  JOIN structure ON structure.id = experience_structure.structure_id
  WHERE experience_structure.experience_id IN (…)
  ORDER BY experience_structure.experience_id, experience_structure.position

SELECT second_look.*
  FROM second_look
  WHERE second_look.experience_id IN (…)

SELECT claim.*, person.*
  FROM claim
  JOIN person ON person.id = claim.person_id
  WHERE claim.kind = ? AND claim.subject_id IN (…) AND claim.until > ?

SELECT count(*) AS count_1
  FROM experience
  WHERE experience.status = ?
