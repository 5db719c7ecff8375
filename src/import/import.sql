-- name: import_number_get   one   read
-- in:   town int64, origin text, number text
-- out:  batch text, matter int64
-- why:  was this number taken over before? primary key
SELECT batch, matter FROM import_matter WHERE town = :town AND origin = :origin AND number = :number;

-- name: import_number_add   exec   write
-- in:   town int64, origin text, number text, batch text, matter int64
-- why:  one number is one matter, also when two import at once
INSERT INTO import_matter (town, origin, number, batch, matter) VALUES (:town, :origin, :number, :batch, :matter)
 ON CONFLICT (town, origin, number) DO NOTHING;

-- name: import_number_drop   exec   write
-- in:   town int64, origin text, number text, batch text
-- why:  undone: the same number may be taken over anew
DELETE FROM import_matter WHERE town = :town AND origin = :origin AND number = :number AND batch = :batch;

-- name: import_of_batch   many   read
-- in:   town int64, batch text, after int64, max int32
-- out:  origin text, number text, matter int64
-- why:  undo walks a batch; index import_matter_batch
SELECT origin, number, matter FROM import_matter WHERE town = :town AND batch = :batch AND matter > :after ORDER BY matter LIMIT :max;

-- name: import_batch_add   exec   write
-- in:   town int64, id text, at instant, actor text, source text, mapping text, total int32, accepted int32, rejected int32
-- why:  a batch begins; none changed when the name is taken
INSERT INTO import_batch (town, id, at, actor, source, mapping, total, accepted, rejected, undone_at, undone_by)
 VALUES (:town, :id, :at, :actor, :source, :mapping, :total, :accepted, :rejected, NULL, '') ON CONFLICT (town, id) DO NOTHING;

-- name: import_batch_get   one   read
-- in:   town int64, id text
-- out:  at instant, actor text, undone_at instant?, undone_by text
-- why:  undo looks first; primary key
SELECT at, actor, undone_at, undone_by FROM import_batch WHERE town = :town AND id = :id;

-- name: import_batch_undone   exec   write
-- in:   town int64, id text, at instant, actor text
-- why:  who took it back, and when; once
UPDATE import_batch SET undone_at = :at, undone_by = :actor WHERE town = :town AND id = :id AND undone_by = '';

-- name: import_batch_list   many   read
-- in:   town int64, max int32
-- out:  id text, at instant, actor text, source text, mapping text, total int32, accepted int32, rejected int32, undone_at instant?, undone_by text
-- why:  the batches of a town, the newest first
SELECT id, at, actor, source, mapping, total, accepted, rejected, undone_at, undone_by FROM import_batch WHERE town = :town ORDER BY at DESC LIMIT :max;
