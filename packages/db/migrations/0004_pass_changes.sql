CREATE TABLE "pass_changes" (
	"id" bigint PRIMARY KEY DEFAULT nextval('site_ids') NOT NULL,
	"pass_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"reason" text,
	"user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pass_changes_kind" CHECK ("pass_changes"."kind" in ('renamed','revoked','reissued'))
);
--> statement-breakpoint
ALTER TABLE "pass_changes" ADD CONSTRAINT "pass_changes_pass_id_passes_id_fk" FOREIGN KEY ("pass_id") REFERENCES "public"."passes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pass_changes" ADD CONSTRAINT "pass_changes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pass_changes_pass" ON "pass_changes" USING btree ("pass_id");--> statement-breakpoint
create trigger pass_changes_are_facts before update or delete or truncate on pass_changes
  for each statement execute function refuse_change();
