SELECT report_case.*
  FROM report_case
  WHERE report_case.status = ?
  ORDER BY report_case.hidden DESC, report_case.opened_at, report_case.kind, report_case.subject_id
  LIMIT ?

SELECT report_case.*
  FROM report_case
  WHERE report_case.status = ? AND report_case.opened_at > ? AND report_case.opened_at > report_case.decided_at
  ORDER BY report_case.opened_at DESC, report_case.kind, report_case.subject_id
  LIMIT ?

SELECT experience.*
  FROM experience
  WHERE experience.id IN (…)

SELECT reply.*, structure.*
  FROM reply
  JOIN structure ON structure.id = reply.structure_id
  WHERE reply.id IN (…)

SELECT experience.*
  FROM experience
  WHERE experience.id IN (…)

SELECT report.*
  FROM report
  WHERE report.kind = ? AND report.subject_id IN (…) OR report.kind = ? AND report.subject_id IN (…) GROUP BY report.kind, report.subject_id, report.reason

SELECT report.*
  FROM report
  WHERE (report.kind = ? AND report.subject_id IN (…) OR report.kind = ? AND report.subject_id IN (…)) AND report.text != ?
  ORDER BY report.id DESC
  LIMIT ?

SELECT count(*) AS count_1
  FROM report_case
  WHERE report_case.status = ?
