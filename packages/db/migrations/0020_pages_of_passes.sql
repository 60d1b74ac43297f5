CREATE INDEX "passes_event_created" ON "passes" USING btree ("event_id","created_at","id");--> statement-breakpoint
DROP INDEX "passes_event";
