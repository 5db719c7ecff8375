Statements of what is released for everybody (matter/release.h).

-- name: matter_release_get   one   read
-- in:   town int64, matter int64
-- out:  n int32, thing text, place text, at instant, changed instant, actor text, words text?
-- why:  what is released of one matter; words NULL = they were erased
SELECT r.n, r.thing, r.place, r.at, r.changed, r.actor, e.words
 FROM matter_release r LEFT JOIN matter_entry e ON e.town = r.town AND e.matter = r.matter AND e.n = r.n
 WHERE r.town = :town AND r.matter = :matter;

-- name: matter_release_put   exec   write
-- in:   town int64, matter int64, n int32, thing text, place text, at instant, actor text
-- why:  released, or changed: the day of the first time stays; the matter's revision guards it
INSERT INTO matter_release (town, matter, n, thing, place, at, changed, actor) VALUES (:town, :matter, :n, :thing, :place, :at, :at, :actor)
 ON CONFLICT (town, matter) DO UPDATE SET n = excluded.n, thing = excluded.thing, place = excluded.place, changed = excluded.changed,
  actor = excluded.actor;

-- name: matter_release_drop   exec   write
-- in:   town int64, matter int64
-- why:  taken back, or erased
DELETE FROM matter_release WHERE town = :town AND matter = :matter;

-- name: matter_release_photos   many   read
-- in:   town int64, matter int64
-- out:  k int32, at instant, actor text, gone bool
-- why:  the photos released of one matter; gone: the file was erased since
SELECT p.k, p.at, p.actor, CASE WHEN f.k IS NULL OR f.erased IS NOT NULL THEN 1 ELSE 0 END AS gone
 FROM matter_release_photo p LEFT JOIN matter_file f ON f.town = p.town AND f.matter = p.matter AND f.k = p.k
 WHERE p.town = :town AND p.matter = :matter ORDER BY p.k LIMIT 200;

-- name: matter_release_photo_add   exec   write
-- in:   town int64, matter int64, k int32, at instant, actor text
-- why:  one photo more; who released it first stays
INSERT INTO matter_release_photo (town, matter, k, at, actor) VALUES (:town, :matter, :k, :at, :actor)
 ON CONFLICT (town, matter, k) DO NOTHING;

-- name: matter_release_photo_drop   exec   write
-- in:   town int64, matter int64, k int32
-- why:  one taken back; k 0 = all of them
DELETE FROM matter_release_photo WHERE town = :town AND matter = :matter AND (k = :k OR :k = 0);

-- name: matter_release_page   many   read
-- in:   town int64, after int64, max int32
-- out:  matter int64, n int32, thing text, place text, row_n int32?
-- why:  all of them, for the proof; row_n: the last event of the matter
SELECT r.matter, r.n, r.thing, r.place, c.n AS row_n FROM matter_release r LEFT JOIN matter_case c ON c.town = r.town AND c.id = r.matter
 WHERE r.town = :town AND r.matter > :after ORDER BY r.matter LIMIT :max;
