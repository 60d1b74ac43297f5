import { foldForSearch } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';

/** What was done, in the reader's language. */
const acts: Readonly<Record<string, () => string>> = {
  'account.addFactor': m.audit_did_account_add_factor,
  'account.removeFactor': m.audit_did_account_remove_factor,
  'account.renewRecoveryCodes': m.audit_did_account_renew_recovery_codes,
  'account.changePassword': m.audit_did_account_change_password,
  'account.resetPassword': m.audit_did_account_reset_password,
  'account.rename': m.audit_did_account_rename,
  'session.signIn': m.audit_did_session_sign_in,
  'session.signOut': m.audit_did_session_sign_out,
  'session.end': m.audit_did_session_end,
  'session.endAll': m.audit_did_session_end_all,
  'session.failedFactor': m.audit_did_session_failed_factor,
  'member.invite': m.audit_did_member_invite,
  'member.resendInvitation': m.audit_did_member_resend_invitation,
  'member.revokeInvitation': m.audit_did_member_revoke_invitation,
  'member.join': m.audit_did_member_join,
  'member.setRole': m.audit_did_member_set_role,
  'member.setLimits': m.audit_did_member_set_limits,
  'member.suspend': m.audit_did_member_suspend,
  'member.remove': m.audit_did_member_remove,
  'member.resetFactors': m.audit_did_member_reset_factors,
  'member.setSecondFactorRoles': m.audit_did_member_set_second_factor_roles,
  'event.create': m.audit_did_event_create,
  'event.copy': m.audit_did_event_copy,
  'event.update': m.audit_did_event_update,
  'event.setDays': m.audit_did_event_set_days,
  'event.setPoster': m.audit_did_event_set_poster,
  'event.setStatus': m.audit_did_event_set_status,
  'event.refund': m.audit_did_event_refund,
  'passType.save': m.audit_did_pass_type_save,
  'passType.archive': m.audit_did_pass_type_archive,
  'passType.order': m.audit_did_pass_type_order,
  'pool.save': m.audit_did_pool_save,
  'pool.remove': m.audit_did_pool_remove,
  'voucher.save': m.audit_did_voucher_save,
  'waitingRoom.set': m.audit_did_waiting_room_set,
  'waitingRoom.close': m.audit_did_waiting_room_close,
  'place.add': m.audit_did_place_add,
  'checkpoint.update': m.audit_did_checkpoint_update,
  'venuePlan.save': m.audit_did_venue_plan_save,
  'seatMap.save': m.audit_did_seat_map_save,
  'order.refund': m.audit_did_order_refund,
  'order.resendMail': m.audit_did_order_resend_mail,
  'pass.import': m.audit_did_pass_import,
  'pass.rename': m.audit_did_pass_rename,
  'pass.transfer': m.audit_did_pass_transfer,
  'pass.exchange': m.audit_did_pass_exchange,
  'pass.withdrawExchange': m.audit_did_pass_withdraw_exchange,
  'pass.reissue': m.audit_did_pass_reissue,
  'pass.resend': m.audit_did_pass_resend,
  'pass.revoke': m.audit_did_pass_revoke,
  'pass.printBadge': m.audit_did_pass_print_badge,
  'pass.handOver': m.audit_did_pass_hand_over,
  'pass.changePhoto': m.audit_did_pass_change_photo,
  'accreditation.saveForm': m.audit_did_accreditation_save_form,
  'accreditation.approve': m.audit_did_accreditation_approve,
  'accreditation.reject': m.audit_did_accreditation_reject,
  'accreditation.ask': m.audit_did_accreditation_ask,
  'accreditation.reopen': m.audit_did_accreditation_reopen,
  'delegation.create': m.audit_did_delegation_create,
  'delegation.update': m.audit_did_delegation_update,
  'delegation.renewLink': m.audit_did_delegation_renew_link,
  'badge.save': m.audit_did_badge_save,
  'confirmation.save': m.audit_did_confirmation_save,
  'confirmation.ask': m.audit_did_confirmation_ask,
  'conflict.markSeen': m.audit_did_conflict_mark_seen,
  'device.createPairingCode': m.audit_did_device_create_pairing_code,
  'device.enrol': m.audit_did_device_enrol,
  'device.revoke': m.audit_did_device_revoke,
  'job.stop': m.audit_did_job_stop,
  'job.resume': m.audit_did_job_resume,
  'key.rotate': m.audit_did_key_rotate,
  'person.export': m.audit_did_person_export,
  'person.erase': m.audit_did_person_erase,
  'person.expire': m.audit_did_person_expire,
  'person.setRetention': m.audit_did_person_set_retention,
  'site.createCode': m.audit_did_site_create_code,
  'site.share': m.audit_did_site_share,
  'site.setShare': m.audit_did_site_set_share,
  'site.giveUnits': m.audit_did_site_give_units,
  'site.handOver': m.audit_did_site_hand_over,
  'site.takeOver': m.audit_did_site_take_over,
  'site.revoke': m.audit_did_site_revoke,
};

/** To what. */
const kinds: Readonly<Record<string, () => string>> = {
  application: m.audit_kind_application,
  area: m.audit_kind_area,
  badge_design: m.audit_kind_badge_design,
  checkpoint: m.audit_kind_checkpoint,
  conflict: m.audit_kind_conflict,
  delegation: m.audit_kind_delegation,
  device: m.audit_kind_device,
  event: m.audit_kind_event,
  invitation: m.audit_kind_invitation,
  job: m.audit_kind_job,
  order: m.audit_kind_order,
  organization: m.audit_kind_organization,
  pass: m.audit_kind_pass,
  pass_type: m.audit_kind_pass_type,
  person: m.audit_kind_person,
  seat_map: m.audit_kind_seat_map,
  signing_key: m.audit_kind_signing_key,
  site: m.audit_kind_site,
  stock_pool: m.audit_kind_stock_pool,
  user: m.audit_kind_user,
  venue_plan: m.audit_kind_venue_plan,
  voucher: m.audit_kind_voucher,
  waiting_room: m.audit_kind_waiting_room,
  session: m.audit_kind_session,
};

/** An act that has no words yet, of a newer server for instance, is called as it is stored. */
export function actName(action: string): string {
  return acts[action]?.() ?? action;
}

export function kindName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

/** Acts whose words have this in them: the log knows only how they are stored. */
export function actsCalled(text: string): string[] {
  const wanted = foldForSearch(text).trim();
  if (!wanted) return [];
  return Object.keys(acts).filter((action) => foldForSearch(actName(action)).includes(wanted));
}
