Statements about matters between towns (matter/passage.h).

-- name: matter_passage_get   one   read
-- in:   town int64, matter int64
-- out:  underway bool, to_town text, tried text, route text, times int32
-- why:  where it is on its way
SELECT underway, to_town, tried, route, times FROM matter_passage WHERE town = :town AND matter = :matter;

-- name: matter_passage_put   exec   write
-- in:   town int64, matter int64, underway bool, to_town text, tried text, route text, times int32
-- why:  in the transaction that changed the matter under its revision
INSERT INTO matter_passage (town, matter, underway, to_town, tried, route, times) VALUES (:town, :matter, :underway, :to_town, :tried, :route, :times)
 ON CONFLICT (town, matter) DO UPDATE SET underway = :underway, to_town = :to_town, tried = :tried, route = :route, times = :times;

-- name: matter_underway   many   read
-- in:   town int64, after int64, max int32
-- out:  matter int64
-- why:  what is to be brought to another town; index matter_passage_underway
SELECT matter FROM matter_passage WHERE town = :town AND underway = 1 AND matter > :after ORDER BY matter LIMIT :max;

-- name: matter_code_hash   one   read
-- in:   town int64, id int64
-- out:  code blob
-- why:  the same tracking code goes with it
SELECT code FROM matter_case WHERE town = :town AND id = :id;

-- name: matter_passage_stray   many   read
-- in:   town int64
-- out:  matter int64
-- why:  linli verify: a row without its matter
SELECT p.matter FROM matter_passage p LEFT JOIN matter_case c ON c.town = p.town AND c.id = p.matter
 WHERE p.town = :town AND c.id IS NULL ORDER BY p.matter LIMIT 10;
