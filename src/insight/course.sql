Statements behind figures: the course of a town in time, its heat by grid and hour, and the matters that a figure was counted from.

-- name: insight_opened_by_day   many   read
-- in:   town int64, since instant, before instant
-- out:  day int64, n int64, reopened int64
-- why:  how many came in on each day (days since 1970 in China); index insight_case_opened
SELECT (opened + 28800000000) / 86400000000 AS day, count(*) AS n, CAST(sum(CASE WHEN reopened > 0 THEN 1 ELSE 0 END) AS bigint) AS reopened
 FROM insight_case WHERE town = :town AND opened >= :since AND opened < :before GROUP BY (opened + 28800000000) / 86400000000
 ORDER BY day LIMIT 2000;

-- name: insight_closed_by_day   many   read
-- in:   town int64, since instant, before instant
-- out:  day int64, n int64
-- why:  how many ended on each day; index insight_case_closed
SELECT (closed + 28800000000) / 86400000000 AS day, count(*) AS n
 FROM insight_case WHERE town = :town AND closed IS NOT NULL AND closed >= :since AND closed < :before
 GROUP BY (closed + 28800000000) / 86400000000 ORDER BY day LIMIT 2000;

-- name: insight_due_by_day   many   read
-- in:   town int64, since instant, before instant, now instant
-- out:  day int64, n int64, kept int64, late int64
-- why:  how many answers were promised for each day, kept, and missed by now; index insight_case_due
SELECT (due + 28800000000) / 86400000000 AS day, count(*) AS n, CAST(sum(CASE WHEN answered <= due THEN 1 ELSE 0 END) AS bigint) AS kept,
  CAST(sum(CASE WHEN answered <= due THEN 0 WHEN answered IS NULL AND (open = 0 OR due >= :now) THEN 0 ELSE 1 END) AS bigint) AS late
 FROM insight_case WHERE town = :town AND open IN (0, 1) AND due >= :since AND due < :before
 GROUP BY (due + 28800000000) / 86400000000 ORDER BY day LIMIT 2000;

-- name: insight_heat   many   read
-- in:   town int64, since instant, before instant, max int32
-- out:  grid text, hour int64, n int64
-- why:  when and where matters of a period came in; index insight_case_opened
SELECT grid, ((opened + 28800000000) / 3600000000) % 24 AS hour, count(*) AS n
 FROM insight_case WHERE town = :town AND opened >= :since AND opened < :before AND grid <> '' AND source <> 'system'
 GROUP BY grid, ((opened + 28800000000) / 3600000000) % 24 ORDER BY grid COLLATE binary, hour LIMIT :max;

-- name: insight_return_cases   many   read
-- in:   town int64, since instant, before instant, max int32
-- out:  matter int64, unit text, duty text, open bool, upheld int32?
-- why:  the matters behind returns; index insight_case_returned
SELECT matter, returned_by, returned_duty, open, upheld FROM insight_case
 WHERE town = :town AND returned_at IS NOT NULL AND returned_at >= :since AND returned_at < :before ORDER BY returned_at, matter LIMIT :max;

-- name: insight_source_cases   many   read
-- in:   town int64, since instant, before instant, max int32
-- out:  matter int64, source text, open bool, answered instant?, closed instant?, reopened int32
-- why:  the matters behind sources; index insight_case_opened
SELECT matter, source, open, answered, closed, reopened FROM insight_case
 WHERE town = :town AND opened >= :since AND opened < :before ORDER BY opened, matter LIMIT :max;

-- name: insight_task_cases   many   read
-- in:   town int64, since instant, before instant, now instant, max int32
-- out:  matter int64, unit text, lead text, live bool, open bool, overridden bool, report_kept bool, report_missed bool, answer_kept bool, answer_missed bool
-- why:  the matters behind cooperation; index matter_task_asked
SELECT matter, unit, lead, CASE WHEN state = 'cancelled' THEN 0 ELSE 1 END AS live, open, CASE WHEN state = 'overridden' THEN 1 ELSE 0 END AS overridden,
  CASE WHEN state <> 'cancelled' AND reported <= report_due THEN 1 ELSE 0 END AS report_kept,
  CASE WHEN state <> 'cancelled' AND coalesce(reported, ended, :now) > report_due THEN 1 ELSE 0 END AS report_missed,
  CASE WHEN state = 'answered' AND ended <= answer_due THEN 1 ELSE 0 END AS answer_kept,
  CASE WHEN state <> 'cancelled' AND coalesce(ended, :now) > answer_due THEN 1 ELSE 0 END AS answer_missed
 FROM matter_task WHERE town = :town AND asked >= :since AND asked < :before ORDER BY asked, matter, k LIMIT :max;
