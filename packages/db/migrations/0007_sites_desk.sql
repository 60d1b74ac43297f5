ALTER TABLE "stock_shares" DROP CONSTRAINT "stock_shares_percent";--> statement-breakpoint
ALTER TABLE "stock_shares" ALTER COLUMN "venue_percent" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "shared_events" ADD COLUMN "told_sales" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "shared_events" ADD COLUMN "told_scans" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD COLUMN "mode" text NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD COLUMN "version" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD COLUMN "site" smallint NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD COLUMN "at" timestamp with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD CONSTRAINT "stock_shares_site_sites_number_fk" FOREIGN KEY ("site") REFERENCES "public"."sites"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD CONSTRAINT "stock_shares_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stock_shares" ADD CONSTRAINT "stock_shares_mode" CHECK ("stock_shares"."mode" in ('automatic','percent','by_hand'));--> statement-breakpoint
ALTER TABLE "stock_shares" ADD CONSTRAINT "stock_shares_percent" CHECK (("stock_shares"."mode" = 'percent') = ("stock_shares"."venue_percent" is not null) and "stock_shares"."venue_percent" between 0 and 100);