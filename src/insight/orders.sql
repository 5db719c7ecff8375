-- name: insight_orders   many   read
-- in:   town int64, since instant, before instant, now instant, soon instant
-- out:  system text, orders int64, still_open int64, kept int64, late int64, overdue int64, returned int64, taken_back int64, refused int64, redone int64, rounds int64, soon int64, past_ours int64
-- why:  orders from upstream by system; index matter_order_received
SELECT system, count(*), CAST(sum(owed) AS bigint), CAST(sum(kept) AS bigint), CAST(sum(late) AS bigint),
  CAST(sum(CASE WHEN owed = 1 AND due < :now THEN 1 ELSE 0 END) AS bigint), CAST(sum(returns) AS bigint),
  CAST(sum(CASE WHEN state = 'taken_back' THEN 1 ELSE 0 END) AS bigint), CAST(sum(refusals) AS bigint),
  CAST(sum(CASE WHEN round > 1 THEN 1 ELSE 0 END) AS bigint), CAST(sum(round) AS bigint),
  CAST(sum(CASE WHEN owed = 1 AND due >= :now AND due < :soon THEN 1 ELSE 0 END) AS bigint),
  CAST(sum(CASE WHEN owed = 1 AND ours < :now THEN 1 ELSE 0 END) AS bigint)
 FROM matter_order WHERE town = :town AND received >= :since AND received < :before
 GROUP BY system ORDER BY system COLLATE binary LIMIT 100;
