ALTER TABLE "member_events" DROP CONSTRAINT "member_events_event_id_events_id_fk";
