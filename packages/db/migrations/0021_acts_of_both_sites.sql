-- Acts at an event that is shared are told to the other site: rows have a name that is the same at both, and stand by when they were done.
ALTER TABLE "audit_log" ADD COLUMN "key" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_key_unique" UNIQUE("key");--> statement-breakpoint
DROP INDEX "audit_log_organization";--> statement-breakpoint
DROP INDEX "audit_log_event";--> statement-breakpoint
DROP INDEX "audit_log_subject";--> statement-breakpoint
CREATE INDEX "audit_log_organization" ON "audit_log" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_event" ON "audit_log" USING btree ("event_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject_kind","subject_id","at","id");
