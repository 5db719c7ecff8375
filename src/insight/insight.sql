Statements of the insight room: what figures are counted from, and what was set aside.

-- name: insight_matters   many   read
-- in:   town int64, ids text
-- out:  id int64, subject text, unit text, grid text, path text, person int64?, open bool, opened instant, clocks text,
--       contacted_at instant?, answered_at instant?, closed_at instant?, solved int32?, satisfied int32?, returned_by text,
--       returned_duty text, returned_at instant?, ruled_at instant?, upheld int32?, reopened int32, source text, calls int32, call_open bool,
--       call_rated bool, pauses int32, extensions int32, shelved_until instant?
-- why:  what figures need of up to 256 matters, whose numbers are given as '1,2,3'; each is looked up by its key
SELECT m.id, m.subject, m.unit, m.grid, m.path, m.person, m.open, m.opened, m.clocks, m.contacted_at, m.answered_at,
  m.closed_at, m.solved, m.satisfied, m.returned_by, m.returned_duty, m.returned_at, m.ruled_at, m.upheld, m.reopened, m.source,
  m.calls, m.call_open, m.call_rated, m.pauses, m.extensions, m.shelved_until
-- sqlite:
 FROM json_each(CASE WHEN json_valid('[' || :ids || ']') THEN '[' || :ids || ']' ELSE '[]' END) AS k CROSS JOIN matter_case m
 WHERE m.town = :town AND m.id = k.value LIMIT 256;
-- postgres:
 FROM unnest(CAST(string_to_array(CASE WHEN :ids ~ '^[0-9]+(,[0-9]+)*$' THEN :ids ELSE '' END, ',') AS bigint[])) AS k (id)
 CROSS JOIN LATERAL (SELECT id, subject, unit, grid, path, person, open, opened, clocks, contacted_at, answered_at, closed_at, solved, satisfied,
                            returned_by, returned_duty, returned_at, ruled_at, upheld, reopened, source, calls, call_open, call_rated, pauses,
                            extensions, shelved_until
                      FROM matter_case WHERE town = :town AND id = k.id OFFSET 0) m LIMIT 256;
-- both:

-- name: insight_put   exec   write
-- in:   town int64, matter int64, subject text, unit text, grid text, path text, anonymous bool, open bool, first_due instant,
--       promised instant?, due instant, contact_due instant?, contacted instant?, answered instant?, closed instant?,
--       solved int32?, satisfied int32?, returned_by text, returned_duty text, returned_at instant?, ruled_at instant?, upheld int32?, reopened int32,
--       opened instant, source text, calls int32, call_open bool, call_rated bool, pauses int32, extensions int32, shelved bool
-- why:  the listener copies what figures need; again is the same
INSERT INTO insight_case (town, matter, subject, unit, grid, path, anonymous, open, first_due, promised, due, contact_due,
  contacted, answered, closed, solved, satisfied, returned_by, returned_duty, returned_at, ruled_at, upheld, reopened, opened, source,
  calls, call_open, call_rated, pauses, extensions, shelved)
VALUES (:town, :matter, :subject, :unit, :grid, :path, :anonymous, :open, :first_due, :promised, :due, :contact_due,
  :contacted, :answered, :closed, :solved, :satisfied, :returned_by, :returned_duty, :returned_at, :ruled_at, :upheld, :reopened, :opened, :source,
  :calls, :call_open, :call_rated, :pauses, :extensions, :shelved)
ON CONFLICT (town, matter) DO UPDATE SET subject = excluded.subject, unit = excluded.unit, grid = excluded.grid,
  path = excluded.path, anonymous = excluded.anonymous, open = excluded.open, first_due = excluded.first_due,
  promised = excluded.promised, due = excluded.due, contact_due = excluded.contact_due, contacted = excluded.contacted,
  answered = excluded.answered, closed = excluded.closed, solved = excluded.solved, satisfied = excluded.satisfied,
  returned_by = excluded.returned_by, returned_duty = excluded.returned_duty, returned_at = excluded.returned_at,
  ruled_at = excluded.ruled_at, upheld = excluded.upheld, reopened = excluded.reopened,
  opened = excluded.opened, source = excluded.source,
  calls = excluded.calls, call_open = excluded.call_open, call_rated = excluded.call_rated, pauses = excluded.pauses,
  extensions = excluded.extensions, shelved = excluded.shelved;

-- name: insight_sources   many   read
-- in:   town int64, since instant, before instant
-- out:  source text, opened int64, still_open int64, answered int64, closed int64, again int64
-- why:  matters of a period by the way they came; index insight_case_opened
SELECT source, count(*) AS opened, CAST(sum(open) AS bigint) AS still_open,
  CAST(sum(CASE WHEN answered IS NULL THEN 0 ELSE 1 END) AS bigint) AS answered,
  CAST(sum(CASE WHEN closed IS NULL THEN 0 ELSE 1 END) AS bigint) AS closed,
  CAST(sum(CASE WHEN reopened > 0 THEN 1 ELSE 0 END) AS bigint) AS again
 FROM insight_case WHERE town = :town AND opened >= :since AND opened < :before
 GROUP BY source ORDER BY source COLLATE binary LIMIT 100;

-- name: insight_returns   many   read
-- in:   town int64, by int32, since instant, before instant, now instant
-- out:  key text, returned int64, upheld int64, overruled int64, waiting int64, lost int64
-- why:  returns of a period by the unit that made them (by = 0) or the duty row (1); index insight_case_returned
SELECT r.key, count(*) AS returned, CAST(sum(CASE WHEN r.upheld = 1 THEN 1 ELSE 0 END) AS bigint) AS upheld,
  CAST(sum(CASE WHEN r.upheld = 0 THEN 1 ELSE 0 END) AS bigint) AS overruled,
  CAST(sum(CASE WHEN r.upheld IS NULL AND r.open = 1 THEN 1 ELSE 0 END) AS bigint) AS waiting,
  CAST(sum(CASE WHEN r.ruled_at IS NOT NULL THEN r.ruled_at WHEN r.closed IS NOT NULL THEN r.closed ELSE :now END - r.returned_at)
    AS bigint) AS lost
 FROM (SELECT CASE WHEN :by = 1 THEN returned_duty ELSE returned_by END AS key, upheld, open, returned_at, ruled_at, closed
       FROM insight_case WHERE town = :town AND returned_at >= :since AND returned_at < :before) AS r
 GROUP BY r.key ORDER BY r.key COLLATE binary LIMIT 10000;

-- name: insight_cooperation   many   read
-- in:   town int64, by int32, since instant, before instant, now instant
-- out:  key text, asked int64, cancelled int64, still_open int64, overridden int64, report_kept int64, report_missed int64,
--       answer_kept int64, answer_missed int64, rated int64, rating_sum int64
-- why:  tasks of units called in, of a period, by that unit (by = 0) or the one that led (1); index matter_task_asked
SELECT r.key, CAST(sum(r.live) AS bigint) AS asked, CAST(sum(1 - r.live) AS bigint) AS cancelled, CAST(sum(r.open) AS bigint) AS still_open,
  CAST(sum(CASE WHEN r.state = 'overridden' THEN 1 ELSE 0 END) AS bigint) AS overridden,
  CAST(sum(CASE WHEN r.live = 1 AND r.reported <= r.report_due THEN 1 ELSE 0 END) AS bigint) AS report_kept,
  CAST(sum(CASE WHEN r.live = 1 AND coalesce(r.reported, r.ended, :now) > r.report_due THEN 1 ELSE 0 END) AS bigint) AS report_missed,
  CAST(sum(CASE WHEN r.state = 'answered' AND r.ended <= r.answer_due THEN 1 ELSE 0 END) AS bigint) AS answer_kept,
  CAST(sum(CASE WHEN r.live = 1 AND coalesce(r.ended, :now) > r.answer_due THEN 1 ELSE 0 END) AS bigint) AS answer_missed,
  count(r.rating) AS rated, CAST(coalesce(sum(r.rating), 0) AS bigint) AS rating_sum
 FROM (SELECT CASE WHEN :by = 1 THEN lead ELSE unit END AS key, CASE WHEN state = 'cancelled' THEN 0 ELSE 1 END AS live, open, state,
         reported, report_due, ended, answer_due, CASE WHEN :by = 1 THEN calling ELSE help END AS rating
       FROM matter_task WHERE town = :town AND asked >= :since AND asked < :before) AS r
 GROUP BY r.key ORDER BY r.key COLLATE binary LIMIT 10000;

-- name: insight_by_due   many   read
-- in:   town int64, by int32, whole bool, open bool, due instant, after int64, upto instant
-- out:  matter int64, key text, unit text, path text, anonymous bool, open bool, first_due instant,
--       promised instant?, due instant, contact_due instant?, contacted instant?, answered instant?, closed instant?,
--       solved int32?, satisfied int32?, reopened int32, calls int32, call_open bool, call_rated bool, moved bool, shelved bool,
--       excluded bool
-- why:  rates, page by page, with the group's key alone (by: enum rate_group): closed matters promised for the period, or all open ones; index insight_case_due
SELECT c.matter,
  CASE WHEN :by = 1 THEN c.unit WHEN :by = 2 THEN c.grid WHEN :by = 3 THEN c.subject ELSE '' END AS key, c.unit,
  CASE WHEN :whole = 1 THEN '' ELSE c.path END AS path, c.anonymous, c.open, c.first_due, c.promised, c.due, c.contact_due,
  c.contacted, c.answered, c.closed, c.solved, c.satisfied, c.reopened, c.calls, c.call_open,
  c.call_rated, CASE WHEN c.pauses + c.extensions > 0 THEN 1 ELSE 0 END AS moved, c.shelved, CASE WHEN x.matter IS NULL THEN 0 ELSE 1 END AS excluded
 FROM insight_case c LEFT JOIN insight_exclusion x ON x.town = c.town AND x.matter = c.matter
 WHERE c.town = :town AND c.open = :open AND (c.due, c.matter) > (:due, :after) AND c.due <= :upto
 ORDER BY c.due, c.matter LIMIT 2000;

-- name: insight_by_closed   many   read
-- in:   town int64, by int32, whole bool, closed instant, after int64
-- out:  matter int64, key text, unit text, path text, anonymous bool, open bool, first_due instant,
--       promised instant?, due instant, contact_due instant?, contacted instant?, answered instant?, closed instant?,
--       solved int32?, satisfied int32?, reopened int32, calls int32, call_open bool, call_rated bool, moved bool, shelved bool,
--       excluded bool
-- why:  rates of a past period: what stood open at its end and was closed since; index insight_case_closed
SELECT c.matter,
  CASE WHEN :by = 1 THEN c.unit WHEN :by = 2 THEN c.grid WHEN :by = 3 THEN c.subject ELSE '' END AS key, c.unit,
  CASE WHEN :whole = 1 THEN '' ELSE c.path END AS path, c.anonymous, c.open, c.first_due, c.promised, c.due, c.contact_due,
  c.contacted, c.answered, c.closed, c.solved, c.satisfied, c.reopened, c.calls, c.call_open,
  c.call_rated, CASE WHEN c.pauses + c.extensions > 0 THEN 1 ELSE 0 END AS moved, c.shelved, CASE WHEN x.matter IS NULL THEN 0 ELSE 1 END AS excluded
 FROM insight_case c LEFT JOIN insight_exclusion x ON x.town = c.town AND x.matter = c.matter
 WHERE c.town = :town AND c.closed IS NOT NULL AND (c.closed, c.matter) > (:closed, :after)
 ORDER BY c.closed, c.matter LIMIT 2000;

-- name: insight_exclude   exec   write
-- in:   town int64, matter int64, reason text, asked text, approved text, at instant
-- why:  an approved exclusion; the first one stays
INSERT INTO insight_exclusion (town, matter, reason, asked, approved, at)
VALUES (:town, :matter, :reason, :asked, :approved, :at) ON CONFLICT (town, matter) DO NOTHING;

-- name: insight_is_counted   one   read
-- in:   town int64, matter int64
-- out:  open bool
-- why:  only what is among the figures can be left out of them
SELECT open FROM insight_case WHERE town = :town AND matter = :matter;

-- name: insight_lag   one   read
-- in:   town int64, listener text
-- out:  seals int64, upto instant?, parked int64
-- why:  how far a listener lags behind: seals not handled yet, time of the last one handled, matters set aside
SELECT CAST(coalesce((SELECT max(n) FROM store_seal WHERE town = :town), 0) - coalesce(c.seal, 0) AS bigint) AS seals,
  (SELECT s.at FROM store_seal s WHERE s.town = :town AND s.n = c.seal) AS upto,
  (SELECT count(*) FROM insight_parked p WHERE p.town = :town AND p.listener = :listener) AS parked
 FROM (SELECT (SELECT seal FROM store_cursor WHERE town = :town AND listener = :listener) AS seal) c;

-- name: insight_park   exec   write
-- in:   town int64, listener text, matter int64, at instant, error text
-- why:  set a matter aside, so that the others go on
INSERT INTO insight_parked (town, listener, matter, at, error) VALUES (:town, :listener, :matter, :at, :error)
ON CONFLICT (town, listener, matter) DO UPDATE SET at = excluded.at, error = excluded.error;

-- name: insight_parked   many   read
-- in:   town int64, listener text, max int32
-- out:  matter int64, at instant, error text
-- why:  what was set aside, to try again
SELECT matter, at, error FROM insight_parked WHERE town = :town AND listener = :listener ORDER BY matter LIMIT :max;

-- name: insight_unpark   exec   write
-- in:   town int64, listener text, matter int64
-- why:  it was read after all
DELETE FROM insight_parked WHERE town = :town AND listener = :listener AND matter = :matter;

-- name: insight_public_page   many   read
-- in:   town int64, since instant, at instant, after int64, max int32
-- out:  id int64, proc text, state text, open bool, subject text, grid text, path text, unit text, duty text, version int64,
--       respondent text, opened instant, due instant?, answered_at instant?, closed_at instant?, changed instant?, waits bool, voices int32,
--       words text?, thing text?, place text?, released instant?, photo int32?
-- why:  requests of a period for everybody, the newest first, page by page; who sees which is judged by today's catalogue; index insight_case_opened
SELECT m.id, m.proc, m.state, m.open, m.subject, m.grid, m.path, m.unit, m.duty, m.version, m.respondent, m.opened, m.due,
  m.answered_at, m.closed_at, e.at AS changed, m.waits, m.voices, w.words, r.thing, r.place, r.at AS released,
  (SELECT min(p.k) FROM matter_release_photo p JOIN matter_file f ON f.town = p.town AND f.matter = p.matter AND f.k = p.k
    WHERE p.town = m.town AND p.matter = m.id AND f.erased IS NULL) AS photo
 FROM insight_case c JOIN matter_case m ON m.town = c.town AND m.id = c.matter
 LEFT JOIN store_event e ON e.town = c.town AND e.matter = c.matter AND e.n = m.n
 LEFT JOIN matter_release r ON r.town = c.town AND r.matter = c.matter
 LEFT JOIN matter_entry w ON w.town = r.town AND w.matter = r.matter AND w.n = r.n
 WHERE c.town = :town AND c.opened >= :since AND (c.opened, c.matter) < (:at, :after)
 ORDER BY c.opened DESC, c.matter DESC LIMIT :max;

-- name: insight_public_one   one   read
-- in:   town int64, id int64
-- out:  id int64, proc text, state text, open bool, subject text, grid text, path text, unit text, duty text, version int64,
--       respondent text, opened instant, due instant?, answered_at instant?, closed_at instant?, changed instant?, waits bool, voices int32,
--       words text?, thing text?, place text?, released instant?, photo int32?
-- why:  one request by its number
SELECT m.id, m.proc, m.state, m.open, m.subject, m.grid, m.path, m.unit, m.duty, m.version, m.respondent, m.opened, m.due,
  m.answered_at, m.closed_at, e.at AS changed, m.waits, m.voices, w.words, r.thing, r.place, r.at AS released,
  (SELECT min(p.k) FROM matter_release_photo p JOIN matter_file f ON f.town = p.town AND f.matter = p.matter AND f.k = p.k
    WHERE p.town = m.town AND p.matter = m.id AND f.erased IS NULL) AS photo
 FROM matter_case m LEFT JOIN store_event e ON e.town = m.town AND e.matter = m.id AND e.n = m.n
 LEFT JOIN matter_release r ON r.town = m.town AND r.matter = m.id
 LEFT JOIN matter_entry w ON w.town = r.town AND w.matter = r.matter AND w.n = r.n
 WHERE m.town = :town AND m.id = :id;

-- name: insight_released   many   read
-- in:   town int64, at instant, after int64, max int32
-- out:  id int64, proc text, state text, open bool, subject text, grid text, path text, unit text, duty text, version int64,
--       respondent text, opened instant, due instant?, answered_at instant?, closed_at instant?, changed instant?, waits bool, voices int32,
--       words text?, thing text?, place text?, released instant?, photo int32?
-- why:  what was released for everybody, the newest first, page by page; who sees which is judged by today's catalogue; index matter_release_at
SELECT m.id, m.proc, m.state, m.open, m.subject, m.grid, m.path, m.unit, m.duty, m.version, m.respondent, m.opened, m.due,
  m.answered_at, m.closed_at, e.at AS changed, m.waits, m.voices, w.words, r.thing, r.place, r.at AS released,
  (SELECT min(p.k) FROM matter_release_photo p JOIN matter_file f ON f.town = p.town AND f.matter = p.matter AND f.k = p.k
    WHERE p.town = m.town AND p.matter = m.id AND f.erased IS NULL) AS photo
 FROM matter_release r JOIN matter_case m ON m.town = r.town AND m.id = r.matter
 LEFT JOIN store_event e ON e.town = r.town AND e.matter = r.matter AND e.n = m.n
 LEFT JOIN matter_entry w ON w.town = r.town AND w.matter = r.matter AND w.n = r.n
 WHERE r.town = :town AND (r.at, r.matter) < (:at, :after)
 ORDER BY r.at DESC, r.matter DESC LIMIT :max;

-- name: insight_counts   many   read
-- in:   town int64, since instant, before instant
-- out:  grid text, subject text, reports int64, still_open int64
-- why:  how much was reported where, about what, in a period; nothing about anybody complained about; index insight_case_opened
SELECT c.grid, c.subject, count(*) AS reports, CAST(sum(c.open) AS bigint) AS still_open
 FROM insight_case c JOIN matter_case m ON m.town = c.town AND m.id = c.matter
 WHERE c.town = :town AND c.opened >= :since AND c.opened < :before AND m.respondent = ''
 GROUP BY c.grid, c.subject ORDER BY c.grid COLLATE binary, c.subject COLLATE binary LIMIT 100000;

-- name: insight_flow   many   read
-- in:   town int64, before instant, opened instant, matter int64, n int32, k1 text, k2 text, k3 text, k4 text, k5 text, k6 text, max int32
-- out:  matter int64, n int32, kind text, body text, subject text, unit text, anonymous bool, opened instant, contact_due instant?,
--       contacted instant?, answered instant?, reopened int32
-- why:  every decision where to send the matters of a period, page by page in the order they were opened; index insight_case_opened
SELECT c.matter, e.n, e.kind, e.body, c.subject, c.unit, c.anonymous, c.opened, c.contact_due, c.contacted, c.answered, c.reopened
 FROM insight_case c JOIN store_event e ON e.town = c.town AND e.matter = c.matter
 WHERE c.town = :town AND c.opened < :before AND (c.opened, c.matter, e.n) > (:opened, :matter, :n)
  AND (e.n = 1 OR e.kind = :k1 OR e.kind = :k2 OR e.kind = :k3 OR e.kind = :k4 OR e.kind = :k5 OR e.kind = :k6)
 ORDER BY c.opened, c.matter, e.n LIMIT :max;

-- name: insight_came_in   many   read
-- in:   town int64, opened instant, after int64, before instant
-- out:  matter int64, opened instant, subject text, grid text, path text
-- why:  who reported what, where, month by month: standing problems; page by page, index insight_case_opened
SELECT matter, opened, subject, grid, path FROM insight_case
 WHERE town = :town AND (opened, matter) > (:opened, :after) AND opened < :before AND source <> 'system' ORDER BY opened, matter LIMIT 2000;
