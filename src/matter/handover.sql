Statements of handing over (matter/handover.h).

-- name: matter_holders   many   read
-- in:   town int64
-- out:  holder text
-- why:  who holds open matters or tasks: is each of them there?
SELECT holder FROM (SELECT c.holder AS holder FROM matter_case c WHERE c.town = :town AND c.open = 1 AND c.holder <> ''
  UNION SELECT k.holder FROM matter_task k WHERE k.town = :town AND k.open = 1 AND k.holder <> '') AS h
 ORDER BY holder COLLATE binary LIMIT 10000;

-- name: matter_urgent   many   read
-- in:   town int64
-- out:  id int64, unit text, path text, post text, holder text, respondent text
-- why:  what is urgent and open, for who is on duty; index matter_case_urgent
SELECT id, unit, path, post, holder, respondent FROM matter_case WHERE town = :town AND urgent = 1 AND open = 1 ORDER BY id LIMIT 1000;

-- name: matter_held   many   read
-- in:   town int64, holder text, max int32
-- out:  id int64
-- why:  all that one person holds, tasks too
SELECT id FROM (SELECT c.id AS id FROM matter_case c WHERE c.town = :town AND c.open = 1 AND c.holder = :holder
  UNION SELECT k.matter FROM matter_task k WHERE k.town = :town AND k.open = 1 AND k.holder = :holder) AS h
 ORDER BY id LIMIT :max;

-- name: matter_held_unit   many   read
-- in:   town int64, unit text, holder text, max int32
-- out:  id int64
-- why:  what one person holds of a unit; index matter_case_unit
SELECT id FROM matter_case WHERE town = :town AND unit = :unit AND open = 1 AND holder = :holder ORDER BY id LIMIT :max;

-- name: matter_stand_in_add   exec   write
-- in:   town int64, matter int64, task int32, login text, post text, stand_in text
-- why:  it goes back after the leave; a second stand-in holds it for the same person
INSERT INTO matter_stand_in (town, matter, task, login, post, stand_in) VALUES (:town, :matter, :task, :login, :post, :stand_in)
 ON CONFLICT (town, matter, task) DO UPDATE SET stand_in = excluded.stand_in;

-- name: matter_stand_in_of   many   read
-- in:   town int64, matter int64
-- out:  task int32, login text, post text, stand_in text
-- why:  for whom are it and its tasks held?
SELECT task, login, post, stand_in FROM matter_stand_in WHERE town = :town AND matter = :matter ORDER BY task LIMIT 33;

-- name: matter_stand_in_drop   exec   write
-- in:   town int64, matter int64, task int32
-- why:  it went back, or elsewhere
DELETE FROM matter_stand_in WHERE town = :town AND matter = :matter AND task = :task;

-- name: matter_stand_in_list   many   read
-- in:   town int64
-- out:  matter int64, login text
-- why:  is anybody back?
SELECT matter, login FROM matter_stand_in WHERE town = :town ORDER BY matter, task LIMIT 10000;
