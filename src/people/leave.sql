Statements of leave (people/leave.h).

-- name: people_leave_add   exec   write
-- in:   town int64, id int64, login text, since day, until day, maker text, at instant
-- why:  somebody will be away
INSERT INTO people_leave (town, id, login, since, until, maker, at) VALUES (:town, :id, :login, :since, :until, :maker, :at);

-- name: people_leave_drop   exec   write
-- in:   town int64, id int64
-- why:  back earlier, or a mistake
DELETE FROM people_leave WHERE town = :town AND id = :id;

-- name: people_leave_list   many   read
-- in:   town int64, from day
-- out:  id int64, login text, since day, until day, maker text, at instant
-- why:  who is away, now or later; index people_leave_until
SELECT id, login, since, until, maker, at FROM people_leave WHERE town = :town AND until >= :from ORDER BY since, id LIMIT 1000;

-- name: people_leave_sweep   exec   write
-- in:   town int64, before day
-- why:  who was away long ago is nobody's business
DELETE FROM people_leave WHERE town = :town AND until < :before;
