-- A gate decides on what it has read. Scans of the other site that are taken between its reading and its writing may be crossings of the
-- passes that it decided on: it is told so, and reads again.
create function scans_heard(event bigint) returns bigint language sql stable as $$
  select coalesce(sum(no), 0) from journal_cursors where event_id = event and stream = 'scans'
$$;--> statement-breakpoint
drop function record_scans(bigint, integer, timestamptz);--> statement-breakpoint
-- `heard`: what scans_heard() said before the passes were read; null of an event that was judged here only. Volatile, and under its
-- lock: it sees what was committed while the statement around it waited.
create function record_scans(event bigint, holding integer, judged_at timestamptz, heard bigint) returns void language plpgsql volatile as $$
begin
  perform pg_current_xact_id();
  perform pg_advisory_xact_lock_shared(event);
  if exists (
    select from event_authority a where a.event_id = event
      and (a.epoch <> holding or a.site <> (select number from sites where is_local))
  ) then
    raise exception 'another site judges this event' using errcode = 'CT002';
  end if;
  if heard is not null and scans_heard(event) <> heard then
    raise exception 'scans of another site were taken' using errcode = 'CT003';
  end if;
  insert into journal (event_id, stream, kind, at)
    select event, 'scans', 'scans', judged_at from shared_events where event_id = event;
end $$;
