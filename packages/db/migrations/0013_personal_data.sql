ALTER TABLE "personal_keys" DROP CONSTRAINT "personal_keys_state";--> statement-breakpoint
ALTER TABLE "personal_keys" ADD CONSTRAINT "personal_keys_state" CHECK ("personal_keys"."state" in ('next','current','old'));--> statement-breakpoint
-- Names become bytes that only processes can make, since no key is ever in the database in clear. So what was written before keeps its old
-- columns, under names that nothing reads, until the next start of a process that holds the keys has sealed it (sealClearPersons): that is
-- before any service of this version runs. Key number 0 is no key: a name that is not sealed yet cannot be mistaken for one that is.
ALTER TABLE "persons" RENAME COLUMN "name" TO "name_clear";--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "name_clear" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" RENAME COLUMN "email" TO "email_clear";--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "name" "bytea" DEFAULT '\x0000' NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "name" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "email" "bytea";--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "search_index" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "persons" ALTER COLUMN "search_index" DROP DEFAULT;--> statement-breakpoint
-- With its index of letters.
ALTER TABLE "persons" DROP COLUMN "name_search";--> statement-breakpoint
CREATE INDEX "persons_search" ON "persons" USING gin ("search_index");--> statement-breakpoint
CREATE INDEX "order_holders_person" ON "order_holders" USING btree ("person_id");--> statement-breakpoint
-- Facts had people in clear. From now on they name them, and tell them as they are when they are told (sync/read-facts.ts); so this is the
-- last time that a fact is edited, and what it tells does not change by it.
ALTER TABLE "journal" DISABLE TRIGGER "journal_is_numbered_once";--> statement-breakpoint
UPDATE "journal" SET "body" = "body" || jsonb_build_object('persons',
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', person->'id')), '[]') FROM jsonb_array_elements("body"->'persons') person))
  WHERE jsonb_typeof("body"->'persons') = 'array';--> statement-breakpoint
ALTER TABLE "journal" ENABLE TRIGGER "journal_is_numbered_once";
