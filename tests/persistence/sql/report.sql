SELECT experience.*
  FROM experience
  WHERE experience.id IN (…)
