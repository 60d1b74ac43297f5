DROP INDEX "scans_scan_id";--> statement-breakpoint
CREATE UNIQUE INDEX "scans_scan_id" ON "scans" USING btree ("scan_id","site");--> statement-breakpoint
-- Ends the gate's write when another site has judged one of its scans: as if this site's key had, and all of it is rolled back.
create function refuse_known_scan() returns boolean language plpgsql as $$
begin
  raise exception 'another site has judged this scan' using errcode = 'unique_violation', constraint = 'scans_scan_id';
end $$;
