-- name: insight_fillings   many   read
-- in:   town int64, since instant, opened instant, matter int64, n int32, max int32
-- out:  matter int64, opened instant, n int32, proc text, kind text, actor text, body text, words text?, gone bool
-- why:  steps that people took on matters of a period, the newest matters first, page by page; index insight_case_opened
SELECT c.matter, c.opened, e.n, m.proc, e.kind, e.actor, e.body, w.words, CASE WHEN w.erased IS NULL THEN 0 ELSE 1 END AS gone
 FROM insight_case c JOIN matter_case m ON m.town = c.town AND m.id = c.matter
 JOIN store_event e ON e.town = c.town AND e.matter = c.matter AND (substr(e.actor, 1, 6) = 'staff:' OR substr(e.actor, 1, 8) = 'reporter')
 LEFT JOIN matter_entry w ON w.town = e.town AND w.matter = e.matter AND w.n = e.n
 WHERE c.town = :town AND c.opened >= :since AND (c.opened, c.matter) <= (:opened, :matter) AND (c.matter <> :matter OR e.n < :n)
  AND e.kind <> 'opened'
 ORDER BY c.opened DESC, c.matter DESC, e.n DESC LIMIT :max;
