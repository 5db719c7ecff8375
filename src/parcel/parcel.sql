Statements of parcels between towns. docs/handover.md.

-- name: parcel_out_add   exec   write
-- in:   town int64, matter int64, times int32, first text, now instant
-- why:  what is underway gets its row, once
INSERT INTO parcel_out (town, matter, times, first, to_town, stage, edition, tries, error, next_at, order_by, seen, owing)
 VALUES (:town, :matter, :times, :first, :first, 'offer', 0, 0, '', :now, '', '', '') ON CONFLICT (town, matter, times) DO NOTHING;

-- name: parcel_out_due   many   read
-- in:   town int64, now instant, max int32
-- out:  matter int64, times int32, first text, to_town text, stage text, edition int32, tries int32, error text, next_at instant?, sent_at instant?, received_at instant?, ended_at instant?, order_by text, order_at instant?, order_sig blob?, there int64?, seen text, seen_at instant?, owing text
-- why:  whom to ask now; index parcel_out_next
SELECT matter, times, first, to_town, stage, edition, tries, error, next_at, sent_at, received_at, ended_at, order_by, order_at, order_sig, there, seen, seen_at, owing
 FROM parcel_out WHERE town = :town AND next_at <= :now ORDER BY next_at, matter LIMIT :max;

-- name: parcel_out_of   many   read
-- in:   town int64, matter int64
-- out:  matter int64, times int32, first text, to_town text, stage text, edition int32, tries int32, error text, next_at instant?, sent_at instant?, received_at instant?, ended_at instant?, order_by text, order_at instant?, order_sig blob?, there int64?, seen text, seen_at instant?, owing text
-- why:  the hand-overs of one matter, the last one first
SELECT matter, times, first, to_town, stage, edition, tries, error, next_at, sent_at, received_at, ended_at, order_by, order_at, order_sig, there, seen, seen_at, owing
 FROM parcel_out WHERE town = :town AND matter = :matter ORDER BY times DESC LIMIT 16;

-- name: parcel_out_list   many   read
-- in:   town int64, before int64, max int32
-- out:  matter int64, times int32, first text, to_town text, stage text, edition int32, tries int32, error text, next_at instant?, sent_at instant?, received_at instant?, ended_at instant?, order_by text, order_at instant?, order_sig blob?, there int64?, seen text, seen_at instant?, owing text
-- why:  what was handed over, the newest matter first
SELECT matter, times, first, to_town, stage, edition, tries, error, next_at, sent_at, received_at, ended_at, order_by, order_at, order_sig, there, seen, seen_at, owing
 FROM parcel_out WHERE town = :town AND matter < :before ORDER BY matter DESC, times DESC LIMIT :max;

-- name: parcel_out_save   must   write
-- in:   town int64, matter int64, times int32, to_town text, stage text, edition int32, tries int32, error text, next_at instant?, sent_at instant?, received_at instant?, ended_at instant?, order_by text, order_at instant?, order_sig blob?, there int64?, seen text, seen_at instant?, owing text
-- why:  how far it got
UPDATE parcel_out SET to_town = :to_town, stage = :stage, edition = :edition, tries = :tries, error = :error, next_at = :next_at, sent_at = :sent_at,
  received_at = :received_at, ended_at = :ended_at, order_by = :order_by, order_at = :order_at, order_sig = :order_sig, there = :there,
  seen = :seen, seen_at = :seen_at, owing = :owing WHERE town = :town AND matter = :matter AND times = :times;

-- name: parcel_out_now   exec   write
-- in:   town int64, matter int64, times int32, now instant
-- why:  somebody wants it asked at once
UPDATE parcel_out SET next_at = :now WHERE town = :town AND matter = :matter AND times = :times AND next_at IS NOT NULL;

-- name: parcel_in_get   one   read
-- in:   town int64, sender text, parcel text
-- out:  matter int64, how text, other text, edition int32, at instant, over_at instant?
-- why:  was it here before?
SELECT matter, how, other, edition, at, over_at FROM parcel_in WHERE town = :town AND sender = :sender AND parcel = :parcel;

-- name: parcel_in_put   exec   write
-- in:   town int64, sender text, parcel text, matter int64, how text, other text, edition int32, at instant
-- why:  it came, or came once more
INSERT INTO parcel_in (town, sender, parcel, matter, how, other, edition, at) VALUES (:town, :sender, :parcel, :matter, :how, :other, :edition, :at)
 ON CONFLICT (town, sender, parcel) DO UPDATE SET matter = excluded.matter, how = excluded.how, other = excluded.other, edition = excluded.edition, over_at = NULL;

-- name: parcel_in_over   exec   write
-- in:   town int64, sender text, parcel text, at instant
-- why:  another town has it
UPDATE parcel_in SET over_at = :at WHERE town = :town AND sender = :sender AND parcel = :parcel AND over_at IS NULL;

-- name: parcel_in_list   many   read
-- in:   town int64, before int64, max int32
-- out:  sender text, parcel text, matter int64, how text, other text, edition int32, at instant, over_at instant?
-- why:  what came in, the newest matter first; index parcel_in_matter
SELECT sender, parcel, matter, how, other, edition, at, over_at FROM parcel_in WHERE town = :town AND matter < :before
 ORDER BY matter DESC, at DESC LIMIT :max;

