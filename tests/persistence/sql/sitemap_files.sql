SELECT experience.*
  FROM experience
  WHERE experience.status = ?
  ORDER BY experience.id DESC
  LIMIT ?
