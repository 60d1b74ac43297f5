CREATE SEQUENCE "public"."journal_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
-- The place of a fact in the order of causes. The transaction has its number before the fact has its place: so that whoever
-- saw the last place and then the running transactions knows which of them may still bring facts of lower places.
create function next_fact() returns bigint language plpgsql volatile as $$
begin
  perform pg_current_xact_id();
  return nextval('journal_seq');
end $$;
--> statement-breakpoint
CREATE TABLE "conflicts" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"pass_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"scan_id" uuid NOT NULL,
	"other_scan_id" uuid,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by" text,
	CONSTRAINT "conflicts_once" UNIQUE("scan_id","kind"),
	CONSTRAINT "conflicts_kind" CHECK ("conflicts"."kind" in ('double_entry','admitted_after_revocation','admitted_after_refund')),
	CONSTRAINT "conflicts_other" CHECK (("conflicts"."kind" = 'double_entry') = ("conflicts"."other_scan_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "journal" (
	"seq" bigint PRIMARY KEY DEFAULT next_fact() NOT NULL,
	"event_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"no" integer,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"body" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "journal_stream" CHECK ("journal"."stream" in ('sales','scans')),
	CONSTRAINT "journal_no_positive" CHECK ("journal"."no" > 0)
);
--> statement-breakpoint
CREATE TABLE "journal_cursors" (
	"event_id" bigint NOT NULL,
	"stream" text NOT NULL,
	"site" smallint NOT NULL,
	"no" integer NOT NULL,
	"fact_id" uuid NOT NULL,
	CONSTRAINT "journal_cursors_event_id_stream_site_pk" PRIMARY KEY("event_id","stream","site")
);
--> statement-breakpoint
CREATE TABLE "journal_horizon" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"settled_seq" bigint DEFAULT 0 NOT NULL,
	"pending_seq" bigint DEFAULT 0 NOT NULL,
	"pending_xmax" "xid8" DEFAULT '0' NOT NULL,
	CONSTRAINT "journal_horizon_one" CHECK ("journal_horizon"."one")
);
--> statement-breakpoint
CREATE TABLE "event_authority" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"site" smallint NOT NULL,
	"epoch" smallint NOT NULL,
	"awaits" jsonb,
	"since" timestamp with time zone NOT NULL,
	"user_id" text,
	CONSTRAINT "event_authority_epoch" CHECK ("event_authority"."epoch" between 0 and 32766)
);
--> statement-breakpoint
CREATE TABLE "shared_events" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"site" smallint NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"recorded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "site_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"site_name" text NOT NULL,
	"created_by" text,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by" smallint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "site_links" (
	"site" smallint PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"state_reason" text,
	"pairing" uuid DEFAULT gen_random_uuid() NOT NULL,
	"url" text,
	"key_hash" "bytea",
	"key_sealed" "bytea",
	"key_expires_at" timestamp with time zone NOT NULL,
	"seal" "bytea",
	"next_seal" "bytea",
	"exchanged_at" timestamp with time zone,
	"clock_ahead_ms" integer,
	"problem" text,
	"to_send" integer DEFAULT 0 NOT NULL,
	"to_take" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "site_links_state" CHECK ("site_links"."state" in ('active','unproved','fenced','revoked')),
	CONSTRAINT "site_links_side" CHECK (("site_links"."url" is null) = ("site_links"."key_sealed" is null)),
	CONSTRAINT "site_links_key" CHECK (("site_links"."key_hash" is null) <> ("site_links"."key_sealed" is null))
);
--> statement-breakpoint
CREATE TABLE "stock_shares" (
	"type_id" bigint PRIMARY KEY NOT NULL,
	"venue_percent" smallint NOT NULL,
	CONSTRAINT "stock_shares_percent" CHECK ("stock_shares"."venue_percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "unit_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"type_id" bigint NOT NULL,
	"from_site" smallint NOT NULL,
	"to_site" smallint NOT NULL,
	"units" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"user_id" text,
	"arrived_at" timestamp with time zone,
	CONSTRAINT "unit_moves_units" CHECK ("unit_moves"."units" > 0),
	CONSTRAINT "unit_moves_sites" CHECK ("unit_moves"."from_site" <> "unit_moves"."to_site")
);
--> statement-breakpoint
ALTER TABLE "pass_changes" DROP CONSTRAINT "pass_changes_kind";--> statement-breakpoint
ALTER TABLE "scans" DROP CONSTRAINT "scans_crossing_moved";--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name_site" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "scans" ADD COLUMN "alone" boolean;--> statement-breakpoint
ALTER TABLE "scans" ADD COLUMN "uncounted" boolean;--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_seen_by_users_id_fk" FOREIGN KEY ("seen_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_cursors" ADD CONSTRAINT "journal_cursors_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "journal_cursors" ADD CONSTRAINT "journal_cursors_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_authority" ADD CONSTRAINT "event_authority_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_authority" ADD CONSTRAINT "event_authority_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_authority" ADD CONSTRAINT "event_authority_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_events" ADD CONSTRAINT "shared_events_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shared_events" ADD CONSTRAINT "shared_events_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_codes" ADD CONSTRAINT "site_codes_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_codes" ADD CONSTRAINT "site_codes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_codes" ADD CONSTRAINT "site_codes_used_by_sites_number_fk" FOREIGN KEY ("used_by") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_links" ADD CONSTRAINT "site_links_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "site_links" ADD CONSTRAINT "site_links_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD CONSTRAINT "stock_shares_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_moves" ADD CONSTRAINT "unit_moves_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_moves" ADD CONSTRAINT "unit_moves_from_site_sites_number_fk" FOREIGN KEY ("from_site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_moves" ADD CONSTRAINT "unit_moves_to_site_sites_number_fk" FOREIGN KEY ("to_site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conflicts_event" ON "conflicts" USING btree ("event_id","found_at");--> statement-breakpoint
CREATE UNIQUE INDEX "journal_no" ON "journal" USING btree ("event_id","stream","no") WHERE "journal"."no" is not null;--> statement-breakpoint
CREATE INDEX "journal_unnumbered" ON "journal" USING btree ("event_id","stream","seq") WHERE "journal"."no" is null;--> statement-breakpoint
ALTER TABLE "pass_changes" ADD CONSTRAINT "pass_changes_kind" CHECK ("pass_changes"."kind" in ('renamed','revoked','reissued','refunded'));--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_uncounted" CHECK ("scans"."uncounted" is not true or ("scans"."verdict" in ('admitted','exited') and "scans"."pass_id" is not null));--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_crossing_moved" CHECK (("scans"."verdict" in ('admitted','exited') and "scans"."uncounted" is not true) = ("scans"."crossing_no" is not null)
        and ("scans"."crossing_no" is null or ("scans"."pass_id" is not null and "scans"."from_area" is not null and "scans"."to_area" is not null
          and "scans"."entries" is not null and "scans"."day" is not null and "scans"."day_entries" is not null)));--> statement-breakpoint
alter table journal set (fillfactor = 80);
--> statement-breakpoint
insert into journal_horizon default values;
--> statement-breakpoint
-- How far the journal is complete. Each line looks anew at what is committed and what runs:
--  1. `last` was the last place given out; whoever has one of those had its transaction's number before.
--  2. `running` is above all of those numbers, because it is read afterwards.
--  3. Once no transaction below `running` is left, nothing can come any more at or below `last`.
create function settle_journal() returns void language plpgsql volatile as $$
declare
  last bigint;
  running xid8;
begin
  perform pg_advisory_xact_lock(7220413);
  update journal_horizon set settled_seq = pending_seq
    where pg_snapshot_xmin(pg_current_snapshot()) >= pending_xmax;
  select last_value into last from journal_seq;
  running := pg_snapshot_xmax(pg_current_snapshot());
  update journal_horizon set pending_seq = last, pending_xmax = running where settled_seq = pending_seq;
end $$;
--> statement-breakpoint
-- Facts are never edited; their number is given once.
create function refuse_edited_fact() returns trigger language plpgsql as $$
begin
  if old.no is not null or (to_jsonb(new) - 'no') <> (to_jsonb(old) - 'no') then
    raise exception 'journal are facts: update is refused' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger journal_is_numbered_once before update on journal
  for each row execute function refuse_edited_fact();
--> statement-breakpoint
create trigger journal_are_facts before delete or truncate on journal
  for each statement execute function refuse_change();
--> statement-breakpoint
-- Part of the gate's write: while this site judges the event, what it judged becomes a fact of the journal of an event that is shared.
--  1. The transaction has its number before anybody looks whether the event is shared: see `share_event`.
--  2. The lock is shared by gates, and taken alone by whoever moves the authority: no scan is written after it went away.
create function record_scans(event bigint, holding integer, judged_at timestamptz) returns void language plpgsql volatile as $$
begin
  perform pg_current_xact_id();
  perform pg_advisory_xact_lock_shared(event);
  if exists (
    select from event_authority a where a.event_id = event
      and (a.epoch <> holding or a.site <> (select number from sites where is_local))
  ) then
    raise exception 'another site judges this event' using errcode = 'CT002';
  end if;
  insert into journal (event_id, stream, kind, at)
    select event, 'scans', 'scans', judged_at from shared_events where event_id = event;
end $$;
