CREATE SEQUENCE "public"."site_ids" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 281474976710657 CACHE 32;--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text,
	"status" text DEFAULT 'pending' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"inviter_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "members_role" CHECK ("members"."role" in ('owner','manager','box_office','accreditation','gate','control','viewer'))
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"logo" text,
	"metadata" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "organizations_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"active_organization_id" text,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "area_counters" (
	"area_id" bigint PRIMARY KEY NOT NULL,
	"people" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "areas" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"name" text NOT NULL,
	"capacity" integer,
	"polygon" jsonb NOT NULL,
	CONSTRAINT "areas_event_no" UNIQUE("event_id","no"),
	CONSTRAINT "areas_no" CHECK ("areas"."no" between 0 and 16),
	CONSTRAINT "areas_capacity" CHECK ("areas"."capacity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "checkpoints" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"name" text NOT NULL,
	"from_area_id" bigint NOT NULL,
	"to_area_id" bigint NOT NULL,
	"directions" text NOT NULL,
	"x" real NOT NULL,
	"y" real NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	CONSTRAINT "checkpoints_event_no" UNIQUE("event_id","no"),
	CONSTRAINT "checkpoints_directions" CHECK ("checkpoints"."directions" in ('entry','exit','both')),
	CONSTRAINT "checkpoints_join_two_areas" CHECK ("checkpoints"."from_area_id" <> "checkpoints"."to_area_id")
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"checkpoint_ids" bigint[],
	"state" text DEFAULT 'active' NOT NULL,
	"user_id" text,
	"expires_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "devices_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "devices_kind" CHECK ("devices"."kind" in ('scanner','reader','desk','kiosk')),
	CONSTRAINT "devices_state" CHECK ("devices"."state" in ('active','revoked'))
);
--> statement-breakpoint
CREATE TABLE "pairing_codes" (
	"code_hash" "bytea" PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"device_name" text NOT NULL,
	"checkpoint_ids" bigint[],
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_by_device_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_days" (
	"event_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"local_date" date NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_days_event_id_no_pk" PRIMARY KEY("event_id","no"),
	CONSTRAINT "event_days_no" CHECK ("event_days"."no" between 1 and 16),
	CONSTRAINT "event_days_order" CHECK ("event_days"."starts_at" < "event_days"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"organization_id" text NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"tagline" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"venue_name" text NOT NULL,
	"venue_address" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"look" jsonb NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"hold_ttl_seconds" integer DEFAULT 600 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_slug_unique" UNIQUE("slug"),
	CONSTRAINT "events_status" CHECK ("events"."status" in ('draft','published','closed','archived')),
	CONSTRAINT "events_currency" CHECK ("events"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "events_hold_ttl" CHECK ("events"."hold_ttl_seconds" between 60 and 3600)
);
--> statement-breakpoint
CREATE TABLE "venue_plans" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"svg" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	CONSTRAINT "venue_plans_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "hold_lines" (
	"hold_id" bigint NOT NULL,
	"type_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	CONSTRAINT "hold_lines_hold_id_type_id_pk" PRIMARY KEY("hold_id","type_id"),
	CONSTRAINT "hold_lines_quantity" CHECK ("hold_lines"."quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_id" bigint NOT NULL,
	"site" smallint NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "holds_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "holds_state" CHECK ("holds"."state" in ('active','sold','released','expired'))
);
--> statement-breakpoint
CREATE TABLE "mail_outbox" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"kind" text NOT NULL,
	"order_id" bigint NOT NULL,
	"dedupe_key" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_outbox_dedupe_key_unique" UNIQUE("dedupe_key"),
	CONSTRAINT "mail_outbox_kind" CHECK ("mail_outbox"."kind" in ('order_paid','order_refunded')),
	CONSTRAINT "mail_outbox_state" CHECK ("mail_outbox"."state" in ('queued','sent','failed'))
);
--> statement-breakpoint
CREATE TABLE "order_holders" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"order_line_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"person_id" bigint NOT NULL,
	CONSTRAINT "order_holders_no" UNIQUE("order_line_id","no")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"order_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"type_id" bigint NOT NULL,
	"seat_id" bigint,
	"price_minor" bigint NOT NULL,
	"fee_minor" bigint NOT NULL,
	CONSTRAINT "order_lines_no" UNIQUE("order_id","no"),
	CONSTRAINT "order_lines_price" CHECK ("order_lines"."price_minor" >= 0 and "order_lines"."fee_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"reference" text NOT NULL,
	"event_id" bigint NOT NULL,
	"site" smallint NOT NULL,
	"hold_id" bigint,
	"buyer_id" bigint NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"closed_reason" text,
	"currency" text NOT NULL,
	"total_minor" bigint NOT NULL,
	"paid_minor" bigint DEFAULT 0 NOT NULL,
	"locale" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"paid_at" timestamp with time zone,
	CONSTRAINT "orders_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "orders_reference_unique" UNIQUE("reference"),
	CONSTRAINT "orders_hold_id_unique" UNIQUE("hold_id"),
	CONSTRAINT "orders_state" CHECK ("orders"."state" in ('pending','paid','refunded','cancelled')),
	CONSTRAINT "orders_locale" CHECK ("orders"."locale" in ('en','pt-br','es')),
	CONSTRAINT "orders_total" CHECK ("orders"."total_minor" >= 0),
	CONSTRAINT "orders_paid_in_full" CHECK ("orders"."state" <> 'paid' or ("orders"."paid_minor" = "orders"."total_minor" and "orders"."paid_at" is not null)),
	CONSTRAINT "orders_closed_reason" CHECK ("orders"."state" not in ('refunded','cancelled') or "orders"."closed_reason" is not null)
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"type_id" bigint NOT NULL,
	"area_id" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	CONSTRAINT "entitlements_type_id_area_id_starts_at_pk" PRIMARY KEY("type_id","area_id","starts_at"),
	CONSTRAINT "entitlements_order" CHECK ("entitlements"."starts_at" < "entitlements"."ends_at")
);
--> statement-breakpoint
CREATE TABLE "pass_types" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"description" jsonb NOT NULL,
	"colour" text NOT NULL,
	"policy_kind" text NOT NULL,
	"policy_count" smallint,
	"price_minor" bigint DEFAULT 0 NOT NULL,
	"fee_minor" bigint DEFAULT 0 NOT NULL,
	"seated" boolean DEFAULT false NOT NULL,
	"passes_per_unit" smallint DEFAULT 1 NOT NULL,
	"units_per_order_max" smallint DEFAULT 10 NOT NULL,
	"sale_starts_at" timestamp with time zone,
	"sale_ends_at" timestamp with time zone,
	CONSTRAINT "pass_types_event_no" UNIQUE("event_id","no"),
	CONSTRAINT "pass_types_kind" CHECK ("pass_types"."kind" in ('ticket','credential')),
	CONSTRAINT "pass_types_policy" CHECK ("pass_types"."policy_kind" in ('once','once_per_day','reentry','n_times','unlimited')),
	CONSTRAINT "pass_types_policy_count" CHECK (("pass_types"."policy_kind" = 'n_times') = ("pass_types"."policy_count" is not null) and "pass_types"."policy_count" between 1 and 31),
	CONSTRAINT "pass_types_price" CHECK ("pass_types"."price_minor" >= 0 and "pass_types"."fee_minor" >= 0),
	CONSTRAINT "pass_types_units" CHECK ("pass_types"."passes_per_unit" between 1 and 50 and "pass_types"."units_per_order_max" between 1 and 50),
	CONSTRAINT "pass_types_seated_single" CHECK (not "pass_types"."seated" or "pass_types"."passes_per_unit" = 1)
);
--> statement-breakpoint
CREATE TABLE "stock" (
	"type_id" bigint NOT NULL,
	"site" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"sold" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "stock_type_id_site_pk" PRIMARY KEY("type_id","site"),
	CONSTRAINT "stock_never_oversold" CHECK ("stock"."held" >= 0 and "stock"."sold" >= 0 and "stock"."held" + "stock"."sold" <= "stock"."quantity")
);
--> statement-breakpoint
CREATE TABLE "media" (
	"pass_id" bigint NOT NULL,
	"no" smallint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"key_id" integer,
	"issued_at" integer NOT NULL,
	"signature" "bytea",
	"code" text,
	"died_at" timestamp with time zone,
	CONSTRAINT "media_pass_id_no_pk" PRIMARY KEY("pass_id","no"),
	CONSTRAINT "media_kind" CHECK ("media"."kind" in ('qr','barcode')),
	CONSTRAINT "media_state" CHECK ("media"."state" in ('active','dead')),
	CONSTRAINT "media_no" CHECK ("media"."no" between 1 and 255),
	CONSTRAINT "media_qr_is_signed" CHECK (("media"."kind" = 'qr') = ("media"."signature" is not null and "media"."key_id" is not null) and ("media"."kind" = 'barcode') = ("media"."code" is not null))
);
--> statement-breakpoint
CREATE TABLE "passes" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_id" bigint NOT NULL,
	"type_id" bigint NOT NULL,
	"status" text DEFAULT 'valid' NOT NULL,
	"kind" text NOT NULL,
	"holder_id" bigint NOT NULL,
	"order_line_id" bigint,
	"seat_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "passes_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "passes_status" CHECK ("passes"."status" in ('valid','revoked','refunded','unpaid','blocked')),
	CONSTRAINT "passes_ticket_was_sold" CHECK (("passes"."kind" = 'ticket') = ("passes"."order_line_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"key_id" integer PRIMARY KEY NOT NULL,
	"public_key" "bytea" NOT NULL,
	"private_key_sealed" "bytea",
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "signing_keys_id" CHECK ("signing_keys"."key_id" between 256 and 65535),
	CONSTRAINT "signing_keys_state" CHECK ("signing_keys"."state" in ('signing','retired'))
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"order_id" bigint NOT NULL,
	"provider" text NOT NULL,
	"provider_ref" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "payments_provider_ref" UNIQUE("provider","provider_ref"),
	CONSTRAINT "payments_provider" CHECK ("payments"."provider" in ('test','stripe','free')),
	CONSTRAINT "payments_state" CHECK ("payments"."state" in ('pending','succeeded','failed')),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount_minor" >= 0),
	CONSTRAINT "payments_free_is_free" CHECK ("payments"."provider" <> 'free' or "payments"."amount_minor" = 0)
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"payment_id" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text DEFAULT 'requested' NOT NULL,
	"provider_ref" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "refunds_amount" CHECK ("refunds"."amount_minor" > 0),
	CONSTRAINT "refunds_state" CHECK ("refunds"."state" in ('requested','succeeded')),
	CONSTRAINT "refunds_reason" CHECK ("refunds"."reason" in ('hold_expired','paid_twice','requested'))
);
--> statement-breakpoint
CREATE TABLE "webhook_receipts" (
	"provider" text NOT NULL,
	"event_ref" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_receipts_provider_event_ref_pk" PRIMARY KEY("provider","event_ref")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"name_search" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scans" (
	"at" timestamp with time zone NOT NULL,
	"pass_id" bigint,
	"scan_id" uuid NOT NULL,
	"event_id" bigint NOT NULL,
	"device_id" bigint NOT NULL,
	"checkpoint_id" bigint NOT NULL,
	"crossing_no" integer,
	"seen_no" integer,
	"from_area" bigint,
	"to_area" bigint,
	"entries" integer,
	"day" smallint,
	"day_entries" smallint,
	"site" smallint NOT NULL,
	"direction" text NOT NULL,
	"verdict" text NOT NULL,
	"scanned_at" timestamp with time zone NOT NULL,
	"unknown_code" "bytea",
	CONSTRAINT "scans_crossing_moved" CHECK (("scans"."verdict" in ('admitted','exited')) = ("scans"."crossing_no" is not null)
        and ("scans"."crossing_no" is null or ("scans"."pass_id" is not null and "scans"."from_area" is not null and "scans"."to_area" is not null
          and "scans"."entries" is not null and "scans"."day" is not null and "scans"."day_entries" is not null))),
	CONSTRAINT "scans_crossing_no" CHECK ("scans"."crossing_no" >= 1),
	CONSTRAINT "scans_direction" CHECK ("scans"."direction" in ('entry','exit'))
);
--> statement-breakpoint
CREATE TABLE "seat_claims" (
	"seat_id" bigint PRIMARY KEY NOT NULL,
	"hold_id" bigint,
	"order_line_id" bigint,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "seat_claims_held_or_sold" CHECK (("seat_claims"."hold_id" is null) <> ("seat_claims"."order_line_id" is null))
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"type_id" bigint NOT NULL,
	"site" smallint NOT NULL,
	"section" text NOT NULL,
	"row" text NOT NULL,
	"number" integer NOT NULL,
	"x" real NOT NULL,
	"y" real NOT NULL,
	"accessible" boolean DEFAULT false NOT NULL,
	CONSTRAINT "seats_place" UNIQUE("event_id","section","row","number")
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"number" smallint PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"is_local" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sites_number_range" CHECK ("sites"."number" between 1 and 255),
	CONSTRAINT "sites_kind" CHECK ("sites"."kind" in ('cloud', 'venue'))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_inviter_id_users_id_fk" FOREIGN KEY ("inviter_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_counters" ADD CONSTRAINT "area_counters_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "areas" ADD CONSTRAINT "areas_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_from_area_id_areas_id_fk" FOREIGN KEY ("from_area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_to_area_id_areas_id_fk" FOREIGN KEY ("to_area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_codes" ADD CONSTRAINT "pairing_codes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_codes" ADD CONSTRAINT "pairing_codes_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pairing_codes" ADD CONSTRAINT "pairing_codes_used_by_device_id_devices_id_fk" FOREIGN KEY ("used_by_device_id") REFERENCES "public"."devices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_days" ADD CONSTRAINT "event_days_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue_plans" ADD CONSTRAINT "venue_plans_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hold_lines" ADD CONSTRAINT "hold_lines_hold_id_holds_id_fk" FOREIGN KEY ("hold_id") REFERENCES "public"."holds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hold_lines" ADD CONSTRAINT "hold_lines_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_holders" ADD CONSTRAINT "order_holders_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_holders" ADD CONSTRAINT "order_holders_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_seat_id_seats_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."seats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_hold_id_holds_id_fk" FOREIGN KEY ("hold_id") REFERENCES "public"."holds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_buyer_id_persons_id_fk" FOREIGN KEY ("buyer_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_area_id_areas_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."areas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_types" ADD CONSTRAINT "pass_types_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock" ADD CONSTRAINT "stock_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_holder_id_persons_id_fk" FOREIGN KEY ("holder_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passes" ADD CONSTRAINT "passes_seat_id_seats_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."seats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_claims" ADD CONSTRAINT "seat_claims_seat_id_seats_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."seats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_claims" ADD CONSTRAINT "seat_claims_hold_id_holds_id_fk" FOREIGN KEY ("hold_id") REFERENCES "public"."holds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_claims" ADD CONSTRAINT "seat_claims_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_one_role" ON "members" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "checkpoints_event" ON "checkpoints" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "devices_event" ON "devices" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "holds_expiry" ON "holds" USING btree ("expires_at") WHERE "holds"."state" = 'active';--> statement-breakpoint
CREATE INDEX "mail_outbox_due" ON "mail_outbox" USING btree ("next_attempt_at") WHERE "mail_outbox"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "orders_event" ON "orders" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE INDEX "stock_site" ON "stock" USING btree ("site");--> statement-breakpoint
CREATE UNIQUE INDEX "media_code" ON "media" USING btree ("code") WHERE "media"."code" is not null;--> statement-breakpoint
CREATE INDEX "passes_event" ON "passes" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "passes_order_line" ON "passes" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "passes_holder" ON "passes" USING btree ("holder_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passes_one_a_seat" ON "passes" USING btree ("seat_id") WHERE "passes"."status" not in ('revoked','refunded');--> statement-breakpoint
CREATE INDEX "payments_order" ON "payments" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "refunds_payment" ON "refunds" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "refunds_due" ON "refunds" USING btree ("next_attempt_at") WHERE "refunds"."state" = 'requested';--> statement-breakpoint
CREATE INDEX "persons_event" ON "persons" USING btree ("event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scans_scan_id" ON "scans" USING btree ("scan_id");--> statement-breakpoint
CREATE UNIQUE INDEX "scans_crossing" ON "scans" USING btree ("pass_id","crossing_no") WHERE "scans"."crossing_no" is not null;--> statement-breakpoint
CREATE INDEX "scans_event_at" ON "scans" USING btree ("event_id","at");--> statement-breakpoint
CREATE INDEX "seat_claims_hold" ON "seat_claims" USING btree ("hold_id");--> statement-breakpoint
CREATE INDEX "seat_claims_line" ON "seat_claims" USING btree ("order_line_id");--> statement-breakpoint
CREATE INDEX "seats_type" ON "seats" USING btree ("type_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sites_one_local" ON "sites" USING btree ("is_local") WHERE "sites"."is_local";