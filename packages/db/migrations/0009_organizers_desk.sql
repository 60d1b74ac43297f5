CREATE TABLE "application_forms" (
	"type_id" bigint PRIMARY KEY NOT NULL,
	"is_public" boolean DEFAULT false NOT NULL,
	"asks_photo" boolean DEFAULT true NOT NULL,
	"asks_document" boolean DEFAULT true NOT NULL,
	"asks_birth_date" boolean DEFAULT true NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"opens_at" timestamp with time zone,
	"closes_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_id" bigint NOT NULL,
	"type_id" bigint NOT NULL,
	"delegation_id" bigint,
	"state" text DEFAULT 'submitted' NOT NULL,
	"name" "bytea" NOT NULL,
	"email" "bytea",
	"document" "bytea",
	"birth_date" "bytea",
	"answers" "bytea" NOT NULL,
	"document_key" "bytea",
	"name_birth_key" "bytea",
	"search_index" integer[] NOT NULL,
	"photo_id" bigint,
	"locale" text NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"pass_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "applications_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "applications_state" CHECK ("applications"."state" in ('submitted','asked','approved','rejected','withdrawn')),
	CONSTRAINT "applications_approved_has_pass" CHECK (("applications"."state" = 'approved') = ("applications"."pass_id" is not null)),
	CONSTRAINT "applications_locale" CHECK ("applications"."locale" in ('en','pt-br','es'))
);
--> statement-breakpoint
CREATE TABLE "badge_designs" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"name" text NOT NULL,
	"type_ids" bigint[] DEFAULT '{}' NOT NULL,
	"design" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "delegation_quotas" (
	"delegation_id" bigint NOT NULL,
	"type_id" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"used" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "delegation_quotas_delegation_id_type_id_pk" PRIMARY KEY("delegation_id","type_id"),
	CONSTRAINT "delegation_quotas_never_exceeded" CHECK ("delegation_quotas"."used" >= 0 and "delegation_quotas"."used" <= "delegation_quotas"."quantity")
);
--> statement-breakpoint
CREATE TABLE "delegations" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"name" text NOT NULL,
	"contact_name" "bytea",
	"contact_email" "bytea",
	"locale" text NOT NULL,
	"link_hash" "bytea" NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delegations_link_hash_unique" UNIQUE("link_hash"),
	CONSTRAINT "delegations_name" UNIQUE("event_id","name"),
	CONSTRAINT "delegations_state" CHECK ("delegations"."state" in ('open','closed')),
	CONSTRAINT "delegations_locale" CHECK ("delegations"."locale" in ('en','pt-br','es'))
);
--> statement-breakpoint
CREATE TABLE "photos" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"picture" "bytea" NOT NULL,
	"width" smallint NOT NULL,
	"height" smallint NOT NULL,
	"consent_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"site" smallint NOT NULL,
	"organization_id" text NOT NULL,
	"event_id" bigint,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"address" "inet",
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "confirmation_rounds" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"closes_at" timestamp with time zone NOT NULL,
	"message" jsonb NOT NULL,
	"questions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "confirmations" (
	"pass_id" bigint PRIMARY KEY NOT NULL,
	"event_id" bigint NOT NULL,
	"asked_at" timestamp with time zone,
	"reminded_at" timestamp with time zone,
	"reminders" integer DEFAULT 0 NOT NULL,
	"confirmed_at" timestamp with time zone,
	"answers" "bytea"
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"cursor" bigint DEFAULT 0 NOT NULL,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "jobs_state" CHECK ("jobs"."state" in ('queued','running','stopped','done','failed')),
	CONSTRAINT "jobs_kind" CHECK ("jobs"."kind" in ('refund_event','import_passes','remind_holders','ask_holders','print_badges','erase_event')),
	CONSTRAINT "jobs_counts" CHECK ("jobs"."done" >= 0 and "jobs"."failed" >= 0 and "jobs"."done" + "jobs"."failed" <= "jobs"."total")
);
--> statement-breakpoint
CREATE TABLE "pass_exchanges" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"pass_id" bigint NOT NULL,
	"from_type_id" bigint NOT NULL,
	"to_type_id" bigint NOT NULL,
	"from_seat_id" bigint,
	"to_seat_id" bigint,
	"difference_minor" bigint NOT NULL,
	"state" text NOT NULL,
	"order_id" bigint,
	"user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "pass_exchanges_state" CHECK ("pass_exchanges"."state" in ('waiting','done','lapsed')),
	CONSTRAINT "pass_exchanges_waits_for_an_order" CHECK ("pass_exchanges"."state" <> 'waiting' or ("pass_exchanges"."difference_minor" > 0 and "pass_exchanges"."order_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "personal_keys" (
	"no" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key_sealed" "bytea" NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "personal_keys_no" CHECK ("personal_keys"."no" between 256 and 65535),
	CONSTRAINT "personal_keys_kind" CHECK ("personal_keys"."kind" in ('data','index')),
	CONSTRAINT "personal_keys_state" CHECK ("personal_keys"."state" in ('current','old'))
);
--> statement-breakpoint
CREATE TABLE "seat_maps" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"no_single_seats" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_events" (
	"member_id" text NOT NULL,
	"event_id" bigint NOT NULL,
	"checkpoint_ids" bigint[],
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_events_member_id_event_id_pk" PRIMARY KEY("member_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "organization_security" (
	"organization_id" text PRIMARY KEY NOT NULL,
	"second_factor_roles" text[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "organization_security_roles" CHECK ("organization_security"."second_factor_roles" <@ '{owner,manager,box_office,accreditation,gate,control,viewer}')
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"public_key" text NOT NULL,
	"user_id" text NOT NULL,
	"credential_id" text NOT NULL,
	"counter" integer NOT NULL,
	"device_type" text NOT NULL,
	"backed_up" boolean NOT NULL,
	"transports" text,
	"created_at" timestamp with time zone DEFAULT now(),
	"aaguid" text
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" text PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"user_id" text NOT NULL,
	"verified" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_pools" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"name" text NOT NULL,
	"site" smallint NOT NULL,
	"quantity" integer NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"sold" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stock_pools_never_oversold" CHECK ("stock_pools"."held" >= 0 and "stock_pools"."sold" >= 0 and "stock_pools"."held" + "stock_pools"."sold" <= "stock_pools"."quantity")
);
--> statement-breakpoint
CREATE TABLE "voucher_uses" (
	"voucher_id" bigint NOT NULL,
	"order_id" bigint NOT NULL,
	"units" integer NOT NULL,
	CONSTRAINT "voucher_uses_voucher_id_order_id_pk" PRIMARY KEY("voucher_id","order_id"),
	CONSTRAINT "voucher_uses_units" CHECK ("voucher_uses"."units" >= 1)
);
--> statement-breakpoint
CREATE TABLE "vouchers" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"event_id" bigint NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"value" bigint DEFAULT 0 NOT NULL,
	"type_ids" bigint[],
	"units_max" integer,
	"units_used" integer DEFAULT 0 NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vouchers_code" UNIQUE("event_id","code"),
	CONSTRAINT "vouchers_code_form" CHECK ("vouchers"."code" ~ '^[A-Z0-9][A-Z0-9-]{1,31}$'),
	CONSTRAINT "vouchers_kind" CHECK ("vouchers"."kind" in ('access','percent','amount','price')),
	CONSTRAINT "vouchers_value" CHECK ("vouchers"."value" >= 0 and ("vouchers"."kind" <> 'percent' or "vouchers"."value" between 1 and 100)),
	CONSTRAINT "vouchers_state" CHECK ("vouchers"."state" in ('active','off')),
	CONSTRAINT "vouchers_never_overused" CHECK ("vouchers"."units_used" >= 0 and ("vouchers"."units_max" is null or "vouchers"."units_used" <= "vouchers"."units_max"))
);
--> statement-breakpoint
ALTER TABLE "mail_outbox" DROP CONSTRAINT "mail_outbox_kind";--> statement-breakpoint
ALTER TABLE "order_lines" DROP CONSTRAINT "order_lines_price";--> statement-breakpoint
ALTER TABLE "pass_changes" DROP CONSTRAINT "pass_changes_kind";--> statement-breakpoint
ALTER TABLE "mail_outbox" ALTER COLUMN "order_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "two_factor_enabled" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "area_counters" ADD COLUMN "staff" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "areas" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "event_days" ADD COLUMN "name" jsonb;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "languages" text[] DEFAULT '{en,pt-br,es}' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "venue_plans" ADD COLUMN "earth" jsonb;--> statement-breakpoint
ALTER TABLE "venue_plans" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "pass_id" bigint;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "application_id" bigint;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "delegation_id" bigint;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "invitation_id" text;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "secret" "bytea";--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "discount_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "tax_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "voucher_id" bigint;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "refunded_minor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "position" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "channels" text[] DEFAULT '{web,desk}' NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "tax_basis_points" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "pool_id" bigint;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "archived" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pass_types" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "order_line_id" bigint;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "photo_id" bigint;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "companion" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "out_of_sale" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "map_item" text;--> statement-breakpoint
ALTER TABLE "application_forms" ADD CONSTRAINT "application_forms_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_delegation_id_delegations_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."delegations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "badge_designs" ADD CONSTRAINT "badge_designs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation_quotas" ADD CONSTRAINT "delegation_quotas_delegation_id_delegations_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."delegations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation_quotas" ADD CONSTRAINT "delegation_quotas_type_id_pass_types_id_fk" FOREIGN KEY ("type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos" ADD CONSTRAINT "photos_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmation_rounds" ADD CONSTRAINT "confirmation_rounds_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "confirmations" ADD CONSTRAINT "confirmations_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_from_type_id_pass_types_id_fk" FOREIGN KEY ("from_type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_to_type_id_pass_types_id_fk" FOREIGN KEY ("to_type_id") REFERENCES "public"."pass_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_from_seat_id_seats_id_fk" FOREIGN KEY ("from_seat_id") REFERENCES "public"."seats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_to_seat_id_seats_id_fk" FOREIGN KEY ("to_seat_id") REFERENCES "public"."seats"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_exchanges" ADD CONSTRAINT "pass_exchanges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_maps" ADD CONSTRAINT "seat_maps_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_events" ADD CONSTRAINT "member_events_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member_events" ADD CONSTRAINT "member_events_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_security" ADD CONSTRAINT "organization_security_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_pools" ADD CONSTRAINT "stock_pools_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_pools" ADD CONSTRAINT "stock_pools_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_uses" ADD CONSTRAINT "voucher_uses_voucher_id_vouchers_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."vouchers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "voucher_uses" ADD CONSTRAINT "voucher_uses_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vouchers" ADD CONSTRAINT "vouchers_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "applications_queue" ON "applications" USING btree ("event_id","state","created_at");--> statement-breakpoint
CREATE INDEX "applications_document" ON "applications" USING btree ("event_id","document_key");--> statement-breakpoint
CREATE INDEX "applications_name_birth" ON "applications" USING btree ("event_id","name_birth_key");--> statement-breakpoint
CREATE INDEX "applications_pass" ON "applications" USING btree ("pass_id");--> statement-breakpoint
CREATE INDEX "applications_delegation" ON "applications" USING btree ("delegation_id");--> statement-breakpoint
CREATE INDEX "applications_search" ON "applications" USING gin ("search_index");--> statement-breakpoint
CREATE INDEX "audit_log_organization" ON "audit_log" USING btree ("organization_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_event" ON "audit_log" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject_kind","subject_id","id");--> statement-breakpoint
CREATE INDEX "confirmations_event" ON "confirmations" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "jobs_event" ON "jobs" USING btree ("event_id","created_at");--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("id") WHERE "jobs"."state" in ('queued','running');--> statement-breakpoint
CREATE INDEX "pass_exchanges_pass" ON "pass_exchanges" USING btree ("pass_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pass_exchanges_one_waits" ON "pass_exchanges" USING btree ("pass_id") WHERE "pass_exchanges"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "pass_exchanges_order" ON "pass_exchanges" USING btree ("order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "personal_keys_one_current" ON "personal_keys" USING btree ("kind") WHERE "personal_keys"."state" = 'current';--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "passkeys_credential" ON "passkeys" USING btree ("credential_id");--> statement-breakpoint
CREATE INDEX "two_factors_user" ON "two_factors" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_application_id_applications_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_delegation_id_delegations_id_fk" FOREIGN KEY ("delegation_id") REFERENCES "public"."delegations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "public"."invitations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_voucher_id_vouchers_id_fk" FOREIGN KEY ("voucher_id") REFERENCES "public"."vouchers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_types" ADD CONSTRAINT "pass_types_pool_id_stock_pools_id_fk" FOREIGN KEY ("pool_id") REFERENCES "public"."stock_pools"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_order_line_id_order_lines_id_fk" FOREIGN KEY ("order_line_id") REFERENCES "public"."order_lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "persons" ADD CONSTRAINT "persons_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_languages" CHECK ("events"."languages" <@ '{en,pt-br,es}' and cardinality("events"."languages") > 0);--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_retention" CHECK ("events"."retention_days" between 0 and 3650);--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_one_subject" CHECK (num_nonnulls("mail_outbox"."order_id", "mail_outbox"."pass_id", "mail_outbox"."application_id", "mail_outbox"."delegation_id", "mail_outbox"."invitation_id", "mail_outbox"."user_id") = 1);--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_kind" CHECK ("mail_outbox"."kind" in ('order_paid','order_refunded','pass_sent','confirmation_asked','confirmation_reminder','application_received','application_asked','application_approved','application_rejected','delegation_invited','member_invited','password_reset'));--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_refunded" CHECK ("order_lines"."refunded_minor" between 0 and "order_lines"."price_minor" + "order_lines"."fee_minor");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_price" CHECK ("order_lines"."price_minor" >= 0 and "order_lines"."fee_minor" >= 0 and "order_lines"."discount_minor" >= 0 and "order_lines"."tax_minor" >= 0);--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_refunded" CHECK ("orders"."refunded_minor" between 0 and "orders"."paid_minor");--> statement-breakpoint
ALTER TABLE "pass_changes" ADD CONSTRAINT "pass_changes_kind" CHECK ("pass_changes"."kind" in ('renamed','transferred','revoked','reissued','refunded','type_changed','seat_changed','confirmed','badge_printed','picked_up','photo_changed'));--> statement-breakpoint
ALTER TABLE "pass_types" ADD CONSTRAINT "pass_types_channels" CHECK ("pass_types"."channels" <@ '{web,desk}');--> statement-breakpoint
ALTER TABLE "pass_types" ADD CONSTRAINT "pass_types_tax" CHECK ("pass_types"."tax_basis_points" between 0 and 10000);--> statement-breakpoint
-- What was done stays written, whoever did it: nobody edits or removes it, not even by mistake in a console.
create trigger audit_log_are_facts before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
--> statement-breakpoint
-- A hot row of the shop, as `stock` is.
alter table stock_pools set (fillfactor = 50);
