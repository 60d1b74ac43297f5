-- Scans are facts: nobody edits or removes them, not even by mistake in a console.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% are facts: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger scans_are_facts before update or delete or truncate on scans
  for each statement execute function refuse_change();
--> statement-breakpoint
-- The hottest rows of gate and shop: room in the page, so that an update stays in it and touches no index.
alter table area_counters set (fillfactor = 50);
--> statement-breakpoint
alter table stock set (fillfactor = 50);
--> statement-breakpoint
-- Search by any part of a name at desk and gate.
create extension if not exists pg_trgm;
--> statement-breakpoint
create index persons_name_search on persons using gin (name_search gin_trgm_ops);
