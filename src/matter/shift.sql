Statements of the hand-over of a shift (matter/shift.h).

-- name: matter_shift_add   exec   write
-- in:   town int64, id int64, chain blob, date day, shift text, body text, made instant, maker text
-- why:  a sheet is made; of two at once for one shift one finds the other
INSERT INTO matter_shift (town, id, rev, n, chain, date, shift, body, made, maker, out_by, in_by)
 VALUES (:town, :id, 1, 1, :chain, :date, :shift, :body, :made, :maker, '', '') ON CONFLICT (town, date, shift) DO NOTHING;

-- name: matter_shift_save   exec   write
-- in:   town int64, id int64, rev int32, n int32, chain blob, body text, made instant, maker text, out_by text, out_at instant?, in_by text, in_at instant?
-- why:  made anew before anybody signed, or signed, under the revision that was read
UPDATE matter_shift SET rev = rev + 1, n = :n, chain = :chain, body = :body, made = :made, maker = :maker, out_by = :out_by, out_at = :out_at,
  in_by = :in_by, in_at = :in_at
 WHERE town = :town AND id = :id AND rev = :rev;

-- name: matter_shift_get   one   read
-- in:   town int64, id int64
-- out:  id int64, rev int32, n int32, chain blob, date day, shift text, body text, made instant, maker text, out_by text, out_at instant?, in_by text, in_at instant?
-- why:  one sheet
SELECT id, rev, n, chain, date, shift, body, made, maker, out_by, out_at, in_by, in_at FROM matter_shift WHERE town = :town AND id = :id;

-- name: matter_shift_find   one   read
-- in:   town int64, date day, shift text
-- out:  id int64
-- why:  is there a sheet of this shift?
SELECT id FROM matter_shift WHERE town = :town AND date = :date AND shift = :shift;

-- name: matter_shift_list   many   read
-- in:   town int64, from day
-- out:  id int64, rev int32, date day, shift text, made instant, out_by text, out_at instant?, in_by text, in_at instant?
-- why:  sheets from a day on; index matter_shift_date
SELECT id, rev, date, shift, made, out_by, out_at, in_by, in_at FROM matter_shift WHERE town = :town AND date >= :from ORDER BY date, id LIMIT 500;

-- name: matter_shift_walk   many   read
-- in:   town int64, after int64
-- out:  id int64, rev int32, n int32, body text, out_by text, in_by text
-- why:  is each still what its events say? primary key
SELECT id, rev, n, body, out_by, in_by FROM matter_shift WHERE town = :town AND id > :after ORDER BY id LIMIT 50;

-- name: matter_shift_open   many   read
-- in:   town int64, unit text
-- out:  id int64, state text, urgent bool, subject text, grid text, unit text, holder text, respondent text, person int64?, due instant?, clocks text, signed_at instant?, contacted_at instant?, answered_at instant?
-- why:  what of a unit the next shift has to know; index matter_case_unit
SELECT id, state, urgent, subject, grid, unit, holder, respondent, person, due, clocks, signed_at, contacted_at, answered_at FROM matter_case
 WHERE town = :town AND unit = :unit AND open = 1 AND waits = 0
   AND (urgent = 1 OR contacted_at IS NULL OR answered_at IS NOT NULL) ORDER BY id LIMIT 1000;
