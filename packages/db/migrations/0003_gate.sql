-- Ends the gate's write when an area took in people since the batch was decided: all of it is rolled back.
create function refuse_area_full() returns boolean language plpgsql as $$
begin
  raise exception 'no room is left in an area' using errcode = 'CT001';
end $$;
