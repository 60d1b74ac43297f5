CREATE TABLE "waiting_places" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"public_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"event_id" bigint NOT NULL,
	"no" integer,
	"key_thumbprint" text NOT NULL,
	"network_key" "bytea" NOT NULL,
	"network_no" smallint NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"called_at" timestamp with time zone,
	"entered_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "waiting_places_public_id_unique" UNIQUE("public_id"),
	CONSTRAINT "waiting_places_no" CHECK ("waiting_places"."no" > 0),
	CONSTRAINT "waiting_places_network_no" CHECK ("waiting_places"."network_no" > 0),
	CONSTRAINT "waiting_places_called_by_number" CHECK ("waiting_places"."called_at" is null or "waiting_places"."no" is not null),
	CONSTRAINT "waiting_places_entered_when_called" CHECK ("waiting_places"."entered_at" is null or "waiting_places"."called_at" is not null)
);
--> statement-breakpoint
CREATE TABLE "waiting_rooms" (
	"event_id" bigint PRIMARY KEY NOT NULL,
	"opens_at" timestamp with time zone NOT NULL,
	"per_minute_max" integer NOT NULL,
	"shoppers_max" integer NOT NULL,
	"turn_seconds" integer DEFAULT 900 NOT NULL,
	"drawn_at" timestamp with time zone,
	"last_no" integer DEFAULT 0 NOT NULL,
	"called_no" integer DEFAULT 0 NOT NULL,
	"called_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "waiting_rooms_limits" CHECK ("waiting_rooms"."per_minute_max" > 0 and "waiting_rooms"."shoppers_max" > 0),
	CONSTRAINT "waiting_rooms_turn" CHECK ("waiting_rooms"."turn_seconds" between 60 and 3600),
	CONSTRAINT "waiting_rooms_called" CHECK ("waiting_rooms"."called_no" between 0 and "waiting_rooms"."last_no"),
	CONSTRAINT "waiting_rooms_drawn_first" CHECK ("waiting_rooms"."drawn_at" is not null or "waiting_rooms"."last_no" = 0)
);
--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_reason";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "units_per_buyer_max" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "units_per_card_max" integer;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "units_per_network_max" integer;--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "network_key" "bytea";--> statement-breakpoint
ALTER TABLE "holds" ADD COLUMN "waiting_place_id" bigint;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "buyer_key" "bytea";--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "card_key" "bytea";--> statement-breakpoint
ALTER TABLE "waiting_places" ADD CONSTRAINT "waiting_places_event_id_waiting_rooms_event_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."waiting_rooms"("event_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_rooms" ADD CONSTRAINT "waiting_rooms_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_places_no" ON "waiting_places" USING btree ("event_id","no") WHERE "waiting_places"."no" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_places_browser" ON "waiting_places" USING btree ("event_id","key_thumbprint");--> statement-breakpoint
CREATE UNIQUE INDEX "waiting_places_network" ON "waiting_places" USING btree ("event_id","network_key","network_no");--> statement-breakpoint
CREATE INDEX "waiting_places_shopping" ON "waiting_places" USING btree ("event_id") WHERE "waiting_places"."called_at" is not null and "waiting_places"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "holds" ADD CONSTRAINT "holds_waiting_place_id_waiting_places_id_fk" FOREIGN KEY ("waiting_place_id") REFERENCES "public"."waiting_places"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holds_network" ON "holds" USING btree ("event_id","network_key") WHERE "holds"."network_key" is not null and "holds"."state" in ('active','sold');--> statement-breakpoint
CREATE INDEX "holds_waiting_place" ON "holds" USING btree ("waiting_place_id") WHERE "holds"."waiting_place_id" is not null;--> statement-breakpoint
CREATE INDEX "orders_buyer_key" ON "orders" USING btree ("event_id","buyer_key") WHERE "orders"."buyer_key" is not null and "orders"."state" in ('pending','paid');--> statement-breakpoint
CREATE INDEX "payments_card" ON "payments" USING btree ("card_key") WHERE "payments"."card_key" is not null and "payments"."state" = 'succeeded';--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_units_max" CHECK ("events"."units_per_buyer_max" > 0 and "events"."units_per_card_max" > 0 and "events"."units_per_network_max" > 0);--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reason" CHECK ("refunds"."reason" in ('hold_expired','paid_twice','wrong_amount','over_limit','requested'));