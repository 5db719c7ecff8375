-- name: town_head   one   read
-- in:   town int64
-- out:  version int64
-- why:  which version is in force
SELECT version FROM town_head WHERE town = :town;

-- name: town_head_put   exec   write
-- in:   town int64, version int64
-- why:  a load moves the head
INSERT INTO town_head (town, version) VALUES (:town, :version) ON CONFLICT (town) DO UPDATE SET version = excluded.version;

-- name: town_version   one   read
-- in:   town int64, n int64
-- out:  n int64, at instant, actor text, digest blob, trial bool
-- why:  one version's label
SELECT n, at, actor, digest, trial FROM town_version WHERE town = :town AND n = :n;

-- name: town_version_on   one   read
-- in:   town int64, at instant
-- out:  n int64, at instant, actor text, trial bool
-- why:  the last version loaded before an instant
SELECT n, at, actor, trial FROM town_version WHERE town = :town AND at <= :at ORDER BY n DESC LIMIT 1;

-- name: town_version_first   one   read
-- in:   town int64
-- out:  n int64, at instant, actor text, trial bool
-- why:  the answer for days before the first load
SELECT n, at, actor, trial FROM town_version WHERE town = :town ORDER BY n LIMIT 1;

-- name: town_version_add   exec   write
-- in:   town int64, n int64, at instant, actor text, digest blob, trial bool
-- why:  a load
INSERT INTO town_version (town, n, at, actor, digest, trial) VALUES (:town, :n, :at, :actor, :digest, :trial);

-- name: town_file_add   exec   write
-- in:   town int64, n int64, name text, sha blob
-- why:  a load
INSERT INTO town_file (town, n, name, sha) VALUES (:town, :n, :name, :sha);

-- name: town_blob_add   exec   write
-- in:   town int64, sha blob, bytes blob
-- why:  content is kept once
INSERT INTO town_blob (town, sha, bytes) VALUES (:town, :sha, :bytes) ON CONFLICT (town, sha) DO NOTHING;

-- name: town_files   many   read
-- in:   town int64, n int64
-- out:  name text, sha blob, bytes blob
-- why:  a version's folder
SELECT f.name, f.sha, b.bytes FROM town_file f JOIN town_blob b ON b.town = f.town AND b.sha = f.sha
 WHERE f.town = :town AND f.n = :n ORDER BY f.name COLLATE binary LIMIT 256;

-- name: town_all   many   read
-- global: the list of tenants is what a process starts from
-- out:  town int64, version int64, at instant
-- why:  which towns live in this store
SELECT h.town, h.version, v.at FROM town_head h JOIN town_version v ON v.town = h.town AND v.n = h.version
 ORDER BY h.town LIMIT 100000;

-- name: town_alias_add   exec   write
-- in:   town int64, id int64, said text, place text, thing text, matter int64?, proposer text, at instant
-- why:  a name is proposed for a place
INSERT INTO town_alias (town, id, said, place, thing, state, matter, proposer, proposed, reviewer)
VALUES (:town, :id, :said, :place, :thing, 'proposed', :matter, :proposer, :at, '');

-- name: town_alias_get   one   read
-- in:   town int64, id int64
-- out:  said text, place text, thing text, state text, matter int64?, proposer text, proposed instant, reviewer text, reviewed instant?
-- why:  one name
SELECT said, place, thing, state, matter, proposer, proposed, reviewer, reviewed FROM town_alias WHERE town = :town AND id = :id;

-- name: town_alias_waiting   one   read
-- in:   town int64, said text, place text, thing text
-- out:  id int64
-- why:  the same name for the same place, proposed already
SELECT id FROM town_alias WHERE town = :town AND state = 'proposed' AND said = :said AND place = :place AND thing = :thing ORDER BY id LIMIT 1;

-- name: town_alias_rule   must   write
-- in:   town int64, id int64, was text, state text, said text, reviewer text, at instant
-- why:  reviewed or withdrawn; two who do so at once meet at the state
UPDATE town_alias SET state = :state, said = :said, reviewer = :reviewer, reviewed = :at WHERE town = :town AND id = :id AND state = :was;

-- name: town_alias_list   many   read
-- in:   town int64, state text, after int64, max int32
-- out:  id int64, said text, place text, thing text, state text, matter int64?, proposer text, proposed instant, reviewer text, reviewed instant?
-- why:  the names of a state, the oldest first; index town_alias_state
SELECT id, said, place, thing, state, matter, proposer, proposed, reviewer, reviewed FROM town_alias
 WHERE town = :town AND state = :state AND id > :after ORDER BY id LIMIT :max;

-- name: town_alias_forget   exec   write
-- in:   town int64, matter int64
-- why:  the words of the matter are erased: what was only proposed goes with them; index town_alias_matter
DELETE FROM town_alias WHERE town = :town AND matter = :matter AND state = 'proposed';

-- name: town_alias_apart   exec   write
-- in:   town int64, matter int64
-- why:  what was accepted is a name of the town's own, and no longer says in which matter it was heard
UPDATE town_alias SET matter = NULL WHERE town = :town AND matter = :matter;

-- name: town_version_list   many   read
-- in:   town int64, before int64, max int32
-- out:  n int64, at instant, actor text, trial bool, draft int64?, proposer text?, judge text?, why text?
-- why:  the versions, the newest first, with the draft that one came from; index town_draft_version
SELECT v.n, v.at, v.actor, v.trial, d.id AS draft, d.proposer, d.judge, d.why
 FROM town_version v LEFT JOIN town_draft d ON d.town = v.town AND d.version = v.n
 WHERE v.town = :town AND v.n < :before ORDER BY v.n DESC LIMIT :max;

-- name: town_file_names   many   read
-- in:   town int64, n int64
-- out:  name text, sha blob
-- why:  which files a version has, without their bytes
SELECT name, sha FROM town_file WHERE town = :town AND n = :n ORDER BY name COLLATE binary LIMIT 256;

-- name: town_draft_add   exec   write
-- in:   town int64, id int64, chain blob, why text, proposer text, at instant
-- why:  somebody begins a change
INSERT INTO town_draft (town, id, rev, n, chain, state, why, proposer, opened, touched)
VALUES (:town, :id, 1, 0, :chain, 'open', :why, :proposer, :at, :at);

-- name: town_draft_get   one   read
-- in:   town int64, id int64
-- out:  rev int32, n int32, chain blob, state text, why text, proposer text, judge text, said text, version int64?, opened instant, touched instant, ended instant?
-- why:  one draft
SELECT rev, n, chain, state, why, proposer, judge, said, version, opened, touched, ended FROM town_draft WHERE town = :town AND id = :id;

-- name: town_draft_save   must   write
-- in:   town int64, id int64, rev int32, n int32, chain blob, state text, why text, judge text, said text, version int64?, touched instant, ended instant?
-- why:  written on, proposed, judged; two who do so at once meet at the revision
UPDATE town_draft SET rev = rev + 1, n = :n, chain = :chain, state = :state, why = :why, judge = :judge, said = :said, version = :version,
  touched = :touched, ended = :ended WHERE town = :town AND id = :id AND rev = :rev;

-- name: town_draft_list   many   read
-- in:   town int64, ended bool, before int64, max int32
-- out:  id int64, rev int32, state text, why text, proposer text, judge text, said text, version int64?, opened instant, touched instant, ended instant?
-- why:  drafts that wait, or those that have ended, the newest first
SELECT id, rev, state, why, proposer, judge, said, version, opened, touched, ended FROM town_draft
 WHERE town = :town AND (CASE WHEN ended IS NULL THEN 0 ELSE 1 END) = :ended AND id < :before ORDER BY id DESC LIMIT :max;

-- name: town_draft_count   one   read
-- in:   town int64, proposer text
-- out:  n int64, own int64
-- why:  how many are open, and how many of one person: both have a ceiling; index town_draft_open
SELECT count(*) AS n, count(CASE WHEN proposer = :proposer THEN 1 END) AS own FROM town_draft WHERE town = :town AND ended IS NULL;

-- name: town_draft_old   many   read
-- in:   town int64, before instant, max int32
-- out:  id int64
-- why:  drafts that nobody has touched for too long; index town_draft_open
SELECT id FROM town_draft WHERE town = :town AND ended IS NULL AND touched < :before ORDER BY touched, id LIMIT :max;

-- name: town_draft_files   many   read
-- in:   town int64, draft int64
-- out:  name text, base int64, gone bool, bytes blob
-- why:  the files that it changes
SELECT name, base, gone, bytes FROM town_draft_file WHERE town = :town AND draft = :draft ORDER BY name COLLATE binary LIMIT 256;

-- name: town_draft_sizes   many   read
-- in:   town int64, draft int64
-- out:  name text, base int64, gone bool, size int64
-- why:  the same without their bytes
SELECT name, base, gone, CAST(length(bytes) AS bigint) AS size FROM town_draft_file WHERE town = :town AND draft = :draft ORDER BY name COLLATE binary LIMIT 256;

-- name: town_draft_put   exec   write
-- in:   town int64, draft int64, name text, base int64, gone bool, bytes blob
-- why:  a file is written, or goes
INSERT INTO town_draft_file (town, draft, name, base, gone, bytes) VALUES (:town, :draft, :name, :base, :gone, :bytes)
 ON CONFLICT (town, draft, name) DO UPDATE SET base = excluded.base, gone = excluded.gone, bytes = excluded.bytes;

-- name: town_draft_drop   exec   write
-- in:   town int64, draft int64, name text
-- why:  a file is left as it is in force
DELETE FROM town_draft_file WHERE town = :town AND draft = :draft AND name = :name;

-- name: town_draft_clear   exec   write
-- in:   town int64, draft int64
-- why:  it has ended: what came of it stands in a version, or was not wanted
DELETE FROM town_draft_file WHERE town = :town AND draft = :draft;
