SELECT experience.*
  FROM experience
  WHERE experience.id = ?

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

SELECT reply_vote.*
  FROM reply_vote
  WHERE reply_vote.visitor = ? AND reply_vote.reply_id IN (…)

SELECT similar_vote.*
  FROM similar_vote
  WHERE similar_vote.experience_id = ? AND similar_vote.visitor = ?

SELECT visitor_item.*
  FROM visitor_item
  WHERE visitor_item.visitor = ? AND visitor_item.experience_id = ?
