Statements about requests that another system filed.

-- name: matter_filed_add   exec   write
-- in:   town int64, matter int64, filed_by text
-- why:  another system filed it, with this key
INSERT INTO matter_filed (town, matter, filed_by) VALUES (:town, :matter, :filed_by);

-- name: matter_filed_get   one   read
-- in:   town int64, matter int64
-- out:  filed_by text
-- why:  may this key follow it?
SELECT filed_by FROM matter_filed WHERE town = :town AND matter = :matter;

-- name: matter_filed_steps   many   read
-- in:   town int64, filed_by text, since instant, before instant, max int32
-- out:  matter int64, n int32, at instant, proc text, kind text, body text
-- why:  what happened in a while to the requests of one key, the oldest first; of those that ended before it nothing did; index matter_filed_by
SELECT e.matter, e.n, e.at, c.proc, e.kind, e.body FROM matter_filed f
 JOIN matter_case c ON c.town = f.town AND c.id = f.matter
 JOIN store_event e ON e.town = f.town AND e.matter = f.matter
 WHERE f.town = :town AND f.filed_by = :filed_by AND (c.open = 1 OR c.closed_at >= :since) AND e.at >= :since AND e.at <= :before
  AND e.n > 1 ORDER BY e.at, e.matter, e.n LIMIT :max;

-- name: matter_filed_wrong   many   read
-- in:   town int64
-- out:  matter int64
-- why:  linli verify: the key of the row did not open it
SELECT f.matter FROM matter_filed f
 LEFT JOIN store_event e ON e.town = f.town AND e.matter = f.matter AND e.n = 1
 WHERE f.town = :town AND (e.actor IS NULL OR e.actor <> 'key:' || f.filed_by) ORDER BY f.matter LIMIT 10;
