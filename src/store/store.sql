Statements of the store room: the journal and its order, idempotency keys, leases.

-- name: event_add   exec   write
-- in:   town int64, matter int64, n int32, at instant, kind text, actor text, body text, hash blob
-- why:  append to a chain; the primary key refuses a second event n
INSERT INTO store_event (town, matter, n, at, kind, actor, body, hash)
VALUES (:town, :matter, :n, :at, :kind, :actor, :body, :hash);

-- name: tail_add   exec   write
-- in:   town int64, matter int64, n int32, hash blob
-- why:  waits for the sealer
INSERT INTO store_tail (town, matter, n, hash) VALUES (:town, :matter, :n, :hash);

-- name: tail_take   many   write
-- in:   town int64, max int32
-- out:  matter int64, n int32, hash blob
-- why:  what the sealer takes: deleted and returned in one statement, so a row committed meanwhile is not lost
DELETE FROM store_tail
 WHERE town = :town
   AND (matter, n) IN (SELECT matter, n FROM store_tail WHERE town = :town ORDER BY matter, n LIMIT :max)
RETURNING matter, n, hash;

-- name: tail_count   one   read
-- in:   town int64
-- out:  n int64
-- why:  the unsealed tail that verify reports
SELECT count(*) FROM store_tail WHERE town = :town;

-- name: tail_some   one   read
-- in:   town int64
-- out:  matter int64
-- why:  is there anything to seal? Counting a long tail costs more than sealing some of it
SELECT matter FROM store_tail WHERE town = :town LIMIT 1;

-- name: seal_last   one   read
-- in:   town int64
-- out:  n int64, first int64, members blob, hash blob
-- why:  where the next seal goes on
SELECT n, first, members, hash FROM store_seal WHERE town = :town ORDER BY n DESC LIMIT 1;

-- name: seal_add   exec   write
-- in:   town int64, n int64, first int64, members blob, at instant, root blob, prev blob, hash blob
-- why:  the primary key lets only one sealer through
INSERT INTO store_seal (town, n, first, members, at, root, prev, hash)
VALUES (:town, :n, :first, :members, :at, :root, :prev, :hash);

-- name: seal_after   many   read
-- in:   town int64, n int64, max int32
-- out:  n int64, first int64, members blob, at instant, root blob, prev blob, hash blob
-- why:  listeners and verify walk the seals in order
SELECT n, first, members, at, root, prev, hash FROM store_seal
 WHERE town = :town AND n > :n ORDER BY n LIMIT :max;

-- name: event_of_matter   many   read
-- in:   town int64, matter int64, after int32, max int32
-- out:  n int32, at instant, kind text, actor text, body text, hash blob
-- why:  the history of one matter
SELECT n, at, kind, actor, body, hash FROM store_event
 WHERE town = :town AND matter = :matter AND n > :after ORDER BY n LIMIT :max;

-- name: event_page   many   read
-- in:   town int64, matter int64, n int32, max int32
-- out:  matter int64, n int32, at instant, kind text, actor text, body text, hash blob
-- why:  verify walks all chains in bounded memory
SELECT matter, n, at, kind, actor, body, hash FROM store_event
 WHERE town = :town AND (matter, n) > (:matter, :n) ORDER BY matter, n LIMIT :max;

-- name: event_count   one   read
-- in:   town int64
-- out:  n int64
-- why:  verify compares it with seals and tail
SELECT count(*) FROM store_event WHERE town = :town;

-- name: event_some   many   read
-- in:   town int64, m0 int64, n0 int32, m1 int64, n1 int32, m2 int64, n2 int32, m3 int64, n3 int32, m4 int64, n4 int32, m5 int64, n5 int32, m6 int64, n6 int32, m7 int64, n7 int32, m8 int64, n8 int32, m9 int64, n9 int32, m10 int64, n10 int32, m11 int64, n11 int32, m12 int64, n12 int32, m13 int64, n13 int32, m14 int64, n14 int32, m15 int64, n15 int32
-- out:  matter int64, n int32, at instant, kind text, actor text, body text, hash blob
-- why:  the members of a seal, sixteen at a time; a short list is filled with n = 0, which no event has. Sixteen look-ups
--       of the primary key, one by one: as (matter, n) IN (VALUES ...) SQLite, and as a join PostgreSQL, reads all events of the town
SELECT e.matter, e.n, e.at, e.kind, e.actor, e.body, e.hash
 FROM (VALUES (:m0, :n0), (:m1, :n1), (:m2, :n2), (:m3, :n3), (:m4, :n4), (:m5, :n5), (:m6, :n6), (:m7, :n7),
              (:m8, :n8), (:m9, :n9), (:m10, :n10), (:m11, :n11), (:m12, :n12), (:m13, :n13), (:m14, :n14),
              (:m15, :n15)) AS m
-- sqlite:
 CROSS JOIN store_event e
 WHERE e.town = :town AND e.matter = m.column1 AND e.n = m.column2
-- postgres:
 CROSS JOIN LATERAL (SELECT matter, n, at, kind, actor, body, hash FROM store_event
                      WHERE town = :town AND matter = m.column1 AND n = m.column2 OFFSET 0) e
-- both:
 ORDER BY e.matter, e.n LIMIT 16;

-- name: cursor_get   one   read
-- in:   town int64, listener text
-- out:  seal int64
-- why:  where a listener goes on
SELECT seal FROM store_cursor WHERE town = :town AND listener = :listener;

-- name: cursor_set   exec   write
-- in:   town int64, listener text, seal int64
-- why:  moves with the listener's effect, in its transaction; never back
INSERT INTO store_cursor (town, listener, seal) VALUES (:town, :listener, :seal)
ON CONFLICT (town, listener) DO UPDATE SET seal = excluded.seal WHERE store_cursor.seal <= excluded.seal;

-- name: idem_get   one   read
-- in:   town int64, route text, actor text, idem text
-- out:  body blob, status int32, id int64, answer blob, at instant
-- why:  was this key used before?
SELECT body, status, id, answer, at FROM store_idem
 WHERE town = :town AND route = :route AND actor = :actor AND idem = :idem;

-- name: idem_add   must   write
-- in:   town int64, route text, actor text, idem text, body blob, status int32, id int64, answer blob, at instant
-- why:  remember the first answer
INSERT INTO store_idem (town, route, actor, idem, body, status, id, answer, at)
VALUES (:town, :route, :actor, :idem, :body, :status, :id, :answer, :at)
ON CONFLICT (town, route, actor, idem) DO NOTHING;

-- name: idem_drop   exec   write
-- in:   town int64, route text, actor text, idem text
-- why:  a key past its days may be used anew
DELETE FROM store_idem WHERE town = :town AND route = :route AND actor = :actor AND idem = :idem;

-- name: idem_forget   exec   write
-- in:   town int64, matter int64
-- why:  answers about one matter: each was written in the moment of one of its events; index store_idem_age
DELETE FROM store_idem WHERE town = :town AND id = :matter
   AND at IN (SELECT at FROM store_event WHERE town = :town AND matter = :matter);

-- name: idem_sweep   exec   write
-- in:   town int64, before instant, max int32
-- why:  keys older than 30 days; index store_idem_age
DELETE FROM store_idem
 WHERE town = :town
   AND (route, actor, idem) IN (SELECT route, actor, idem FROM store_idem
                                 WHERE town = :town AND at < :before ORDER BY at LIMIT :max);

-- name: lease_get   one   read
-- in:   town int64, job text
-- out:  holder text, epoch int64, until instant
-- why:  who holds the job
SELECT holder, epoch, until FROM store_lease WHERE town = :town AND job = :job;

-- name: lease_add   exec   write
-- in:   town int64, job text, holder text, until instant
-- why:  the first holder
INSERT INTO store_lease (town, job, holder, epoch, until) VALUES (:town, :job, :holder, 1, :until)
ON CONFLICT (town, job) DO NOTHING;

-- name: lease_renew   exec   write
-- in:   town int64, job text, holder text, epoch int64, until instant
-- why:  the same holder goes on; none changed when another has taken it
UPDATE store_lease SET until = :until WHERE town = :town AND job = :job AND holder = :holder AND epoch = :epoch;

-- name: lease_over   exec   write
-- in:   town int64, job text, holder text, epoch int64, now instant, until instant
-- why:  take over a lease that ran out; the epoch names what was read
UPDATE store_lease SET holder = :holder, epoch = epoch + 1, until = :until
 WHERE town = :town AND job = :job AND epoch = :epoch AND until <= :now;

-- name: lease_held   exec   write
-- in:   town int64, job text, holder text, epoch int64, now instant
-- why:  an effect rechecks its lease and keeps the row from changing hands until it commits
UPDATE store_lease SET epoch = epoch
 WHERE town = :town AND job = :job AND holder = :holder AND epoch = :epoch AND until > :now;

-- name: lease_list   many   read
-- in:   town int64
-- out:  job text, holder text, epoch int64, until instant
-- why:  who does which job of a town, for those who run it
SELECT job, holder, epoch, until FROM store_lease WHERE town = :town ORDER BY job COLLATE binary LIMIT 200;

-- name: lease_jobs   many   read
-- in:   town int64, now instant
-- out:  job text, holder text
-- why:  node numbers in use: jobs of town 0
SELECT job, holder FROM store_lease WHERE town = :town AND until > :now ORDER BY job COLLATE binary LIMIT 2000;

-- name: file_add   exec   write
-- in:   town int64, digest blob, salt blob, bytes int64, at instant
-- why:  an attachment is there from this commit on
INSERT INTO store_file (town, digest, salt, bytes, at) VALUES (:town, :digest, :salt, :bytes, :at);

-- name: file_get   one   read
-- in:   town int64, digest blob
-- out:  bytes int64
-- why:  is it there, and how long is it
SELECT bytes FROM store_file WHERE town = :town AND digest = :digest;

-- name: file_drop   exec   write
-- in:   town int64, digest blob
-- why:  forget an attachment: its salt goes with the row
DELETE FROM store_file WHERE town = :town AND digest = :digest;

-- name: file_page   many   read
-- in:   town int64, after blob, max int32
-- out:  digest blob, salt blob, bytes int64
-- why:  linli verify reads them all
SELECT digest, salt, bytes FROM store_file WHERE town = :town AND digest > :after ORDER BY digest LIMIT :max;

-- name: chunk_add   exec   write
-- in:   town int64, digest blob, n int32, bytes blob
-- why:  the bytes of an attachment, on PostgreSQL
INSERT INTO store_file_chunk (town, digest, n, bytes) VALUES (:town, :digest, :n, :bytes);

-- name: chunk_get   one   read
-- in:   town int64, digest blob, n int32
-- out:  bytes blob
-- why:  one at a time, so that a long file needs little memory
SELECT bytes FROM store_file_chunk WHERE town = :town AND digest = :digest AND n = :n;

-- name: chunk_drop   exec   write
-- in:   town int64, digest blob
-- why:  the bytes go with the row
DELETE FROM store_file_chunk WHERE town = :town AND digest = :digest;

-- name: drop_add   exec   write
-- in:   town int64, digest blob
-- why:  its file is removed after the commit, on SQLite
INSERT INTO store_file_drop (town, digest) VALUES (:town, :digest) ON CONFLICT DO NOTHING;

-- name: drop_list   many   read
-- in:   town int64, max int32
-- out:  digest blob
-- why:  files to remove
SELECT digest FROM store_file_drop WHERE town = :town ORDER BY digest LIMIT :max;

-- name: drop_done   exec   write
-- in:   town int64, digest blob
-- why:  its file is removed
DELETE FROM store_file_drop WHERE town = :town AND digest = :digest;
