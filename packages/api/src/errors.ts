import { TRPCError } from '@trpc/server';

type HttpKind = TRPCError['code'];

/**
 * Refusals the API knows, each with the kind of error its transport shows. A refusal is stable for ever:
 * pages translate it, integrators switch on it.
 */
export const refusals = {
  sign_in_required: 'UNAUTHORIZED',
  /** Signed in, and the role asks for a second factor that there is none of yet. */
  second_factor_required: 'FORBIDDEN',
  role_not_allowed: 'FORBIDDEN',
  /** A role that only an owner gives and takes. */
  beyond_role: 'FORBIDDEN',
  last_owner: 'CONFLICT',
  already_member: 'CONFLICT',
  not_found: 'NOT_FOUND',
  sold_out: 'CONFLICT',
  not_enough: 'CONFLICT',
  seat_taken: 'CONFLICT',
  unknown_seat: 'CONFLICT',
  single_seats: 'CONFLICT',
  not_on_sale: 'CONFLICT',
  too_many: 'CONFLICT',
  over_limit: 'CONFLICT',
  other_cart: 'CONFLICT',
  malformed_cart: 'BAD_REQUEST',
  hold_ended: 'CONFLICT',
  already_paid: 'CONFLICT',
  set_up_elsewhere: 'CONFLICT',
  edited_meanwhile: 'CONFLICT',
  site_stopped: 'CONFLICT',
  shared_already: 'CONFLICT',
  not_shared: 'CONFLICT',
  not_free: 'CONFLICT',
  shares_capacity: 'CONFLICT',
  picture_too_large: 'BAD_REQUEST',
  picture_too_small: 'BAD_REQUEST',
  picture_not_one: 'BAD_REQUEST',
  unknown_code: 'NOT_FOUND',
  code_used_up: 'CONFLICT',
  code_taken: 'CONFLICT',
  below_used: 'CONFLICT',
  pool_below_sold: 'CONFLICT',
  units_elsewhere: 'CONFLICT',
  not_holder: 'CONFLICT',
  judges_already: 'CONFLICT',
  no_more_epochs: 'CONFLICT',
  pairing_code_unknown: 'NOT_FOUND',
  pairing_code_expired: 'CONFLICT',
  pairing_code_used: 'CONFLICT',
  device_unknown: 'UNAUTHORIZED',
  event_wrong_status: 'CONFLICT',
  event_has_no_days: 'CONFLICT',
  event_has_no_ticket_types: 'CONFLICT',
  affects_sold: 'CONFLICT',
  slug_taken: 'CONFLICT',
  unknown_time_zone: 'BAD_REQUEST',
  bad_day: 'BAD_REQUEST',
  days_overlap: 'BAD_REQUEST',
  too_many_days: 'BAD_REQUEST',
  day_has_scans: 'CONFLICT',
  currency_has_orders: 'CONFLICT',
  too_many_areas: 'CONFLICT',
  too_many_types: 'CONFLICT',
  below_sold: 'CONFLICT',
  unit_was_sold: 'CONFLICT',
  order_not_paid: 'CONFLICT',
  line_went_back: 'CONFLICT',
  nothing_to_refund: 'CONFLICT',
  refund_too_much: 'CONFLICT',
  sold_elsewhere: 'CONFLICT',
  event_not_closed: 'CONFLICT',
  job_running: 'CONFLICT',
  pass_not_valid: 'CONFLICT',
  pass_not_exchangeable: 'CONFLICT',
  exchange_waiting: 'CONFLICT',
  exchange_same: 'CONFLICT',
  seat_needed: 'BAD_REQUEST',
  import_unreadable: 'BAD_REQUEST',
  import_has_bad_lines: 'BAD_REQUEST',
  confirmation_not_open: 'CONFLICT',
  closes_before_it_opens: 'BAD_REQUEST',
  nobody_to_ask: 'CONFLICT',
  name_corrected_before: 'CONFLICT',
  answers_wrong: 'BAD_REQUEST',
  pass_refunded: 'CONFLICT',
  pass_revoked: 'CONFLICT',
  pass_has_too_many_codes: 'CONFLICT',
  has_valid_passes: 'CONFLICT',
  no_mail_for_order: 'CONFLICT',
  mail_on_its_way: 'CONFLICT',
  provider_not_offered: 'BAD_REQUEST',
  provider_away: 'BAD_GATEWAY',
  waiting_room: 'CONFLICT',
  no_waiting_room: 'CONFLICT',
  network_full: 'CONFLICT',
  no_place: 'CONFLICT',
  place_not_yours: 'FORBIDDEN',
  not_called: 'CONFLICT',
  turn_over: 'CONFLICT',
  already_drawn: 'CONFLICT',
  plan_file_unreadable: 'BAD_REQUEST',
  plan_file_too_large: 'BAD_REQUEST',
  plan_file_no_size: 'BAD_REQUEST',
  area_in_use: 'CONFLICT',
  checkpoint_in_use: 'CONFLICT',
  area_number_used: 'CONFLICT',
  joins_nothing: 'BAD_REQUEST',
  not_seated: 'CONFLICT',
  seats_taken: 'CONFLICT',
  seats_elsewhere: 'CONFLICT',
  seat_map_unsound: 'BAD_REQUEST',
  name_taken: 'CONFLICT',
  not_open: 'CONFLICT',
  quota_full: 'CONFLICT',
  quota_below_used: 'CONFLICT',
  decided_already: 'CONFLICT',
  picked_up: 'CONFLICT',
  too_often: 'TOO_MANY_REQUESTS',
  busy: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<string, HttpKind>;

export type RefusalCode = keyof typeof refusals;

/** What a refused call carries beside its code: facts a page needs to say what to do (never personal data). */
export type RefusalDetail = Record<string, string | number | boolean | string[]>;

export class Refusal extends TRPCError {
  readonly refusal: RefusalCode;
  readonly detail: RefusalDetail;

  constructor(refusal: RefusalCode, detail: RefusalDetail = {}) {
    super({ code: refusals[refusal], message: refusal });
    this.refusal = refusal;
    this.detail = detail;
  }
}

/** Ends a procedure with a refusal. */
export function refuse(code: RefusalCode, detail?: RefusalDetail): never {
  throw new Refusal(code, detail);
}
