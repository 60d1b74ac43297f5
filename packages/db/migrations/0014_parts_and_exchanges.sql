ALTER TABLE "mail_outbox" DROP CONSTRAINT "mail_outbox_kind";--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD COLUMN "to_person_id" bigint;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "has_unit" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_to_person_id_persons_id_fk" FOREIGN KEY ("to_person_id") REFERENCES "public"."persons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_kind" CHECK ("mail_outbox"."kind" in ('order_paid','order_refunded','pass_sent','pass_transferred','exchange_offered','confirmation_asked','confirmation_reminder','application_received','application_asked','application_approved','application_rejected','delegation_invited','member_invited','password_reset'));--> statement-breakpoint
-- What went back before parts could: all of it.
UPDATE "orders" SET "refunded_minor" = "paid_minor" WHERE "state" = 'refunded';--> statement-breakpoint
UPDATE "order_lines" SET "has_unit" = false, "refunded_minor" = "price_minor" + "fee_minor" FROM "orders" WHERE "orders"."id" = "order_id" AND "orders"."state" = 'refunded';
