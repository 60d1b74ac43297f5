ALTER TABLE "media" DROP CONSTRAINT "media_qr_is_signed";--> statement-breakpoint
ALTER TABLE "payments" DROP CONSTRAINT "payments_state";--> statement-breakpoint
ALTER TABLE "refunds" DROP CONSTRAINT "refunds_reason";--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "policy_kind" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "policy_count" smallint;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "area_mask" integer;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "day_mask" integer;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "received_minor" bigint;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "received_currency" text;--> statement-breakpoint
CREATE INDEX "orders_buyer" ON "orders" USING btree ("buyer_id");--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_signs" ON "signing_keys" USING btree (("key_id" >> 8)) WHERE "signing_keys"."state" = 'signing';--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_qr_is_signed" CHECK (("media"."kind" = 'qr') = ("media"."signature" is not null and "media"."key_id" is not null
          and "media"."policy_kind" is not null and "media"."area_mask" is not null and "media"."day_mask" is not null)
        and ("media"."kind" = 'barcode') = ("media"."code" is not null));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_refused_says_why" CHECK (("payments"."state" = 'refused') = ("payments"."received_minor" is not null and "payments"."received_currency" is not null));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_state" CHECK ("payments"."state" in ('pending','succeeded','failed','refused'));--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_reason" CHECK ("refunds"."reason" in ('hold_expired','paid_twice','wrong_amount','requested'));