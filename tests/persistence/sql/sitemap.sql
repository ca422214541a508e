SELECT experience.*
  FROM experience
  WHERE experience.status = ? AND experience.id > ? AND experience.id <= ?
  ORDER BY experience.id DESC
