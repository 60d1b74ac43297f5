export * from './accounts/account.ts';
export * from './accounts/password.ts';
export * from './accreditation/change-application.ts';
export * from './accreditation/decide-application.ts';
export { type Photo } from './accreditation/photos.ts';
export {
  createDelegation,
  type CreateDelegationResult,
  type DelegationDraft,
  renewDelegationLink,
  updateDelegation,
  type UpdateDelegationResult,
} from './accreditation/save-delegation.ts';
export * from './accreditation/save-badge-design.ts';
export * from './accreditation/save-form.ts';
export {
  type ApplicationRequest,
  isInWindow,
  submitApplication,
  type SubmitApplicationResult,
} from './accreditation/submit-application.ts';
export { type Actor, atTheTerminal, type AuditEntry, writeAudit } from './audit/write-audit.ts';
export { type Busy } from './batched.ts';
export * from './checkpoints/update-checkpoint.ts';
export * from './confirmations/ask-holders.ts';
export * from './confirmations/confirm-pass.ts';
export * from './confirmations/save-round.ts';
export * from './conflicts/mark-conflict-seen.ts';
export * from './devices/enrol-device.ts';
export * from './devices/find-device.ts';
export * from './devices/pairing.ts';
export * from './devices/revoke-device.ts';
export * from './events/set-event-status.ts';
export * from './holds/expire-holds.ts';
export { holdLinesMax, type HoldRequest, type HoldRequestLine } from './holds/hold-request.ts';
export * from './holds/place-hold.ts';
export * from './holds/release-hold.ts';
export * from './jobs/end-job.ts';
export * from './jobs/start-job.ts';
export * from './jobs/step-job.ts';
export * from './keys/personal-keys.ts';
export * from './keys/signing-keys.ts';
export * from './mail/outbox.ts';
export { type MailKind } from './mail/queue-mail.ts';
export * from './mail/resend-mail.ts';
export * from './mail/resend-pass.ts';
export {
  type ChangeMemberResult,
  type MemberRow,
  type WhichMember,
} from './members/change-member.ts';
export * from './members/invitations.ts';
export * from './members/manage-members.ts';
export * from './members/set-second-factor-roles.ts';
export * from './notify.ts';
export * from './orders/begin-checkout.ts';
export * from './orders/collect-payment.ts';
export * from './orders/fail-payment.ts';
export { type PaymentRef } from './orders/find-payment.ts';
export { type HolderNames } from './orders/hold-units.ts';
export {
  openPayment,
  type OpenPaymentResult,
  type PaymentProvider,
  type PaymentRequest,
} from './orders/open-payment.ts';
export * from './orders/refund-event.ts';
export * from './orders/refund-order.ts';
export * from './orders/refunds.ts';
export * from './orders/settle-payment.ts';
export * from './passes/exchange-pass.ts';
export * from './passes/grant-credential.ts';
export * from './passes/import-guests.ts';
export { issuePasses, type PassRequest } from './passes/issue-passes.ts';
export * from './passes/pick-up.ts';
export { type PassAct } from './passes/record-change.ts';
export * from './passes/reissue-pass.ts';
export * from './passes/rename-holder.ts';
export { revokePass, type RevokePassResult } from './passes/revoke-pass.ts';
export { claimsOfMedium } from './passes/sign-medium.ts';
export * from './passes/transfer-pass.ts';
export * from './people/erase-expired.ts';
export * from './people/erase-person.ts';
export * from './people/set-retention.ts';
export { insertPersons, type PersonInput } from './persons.ts';
export {
  type CheckpointOnPlan,
  type PlanDraft,
  type PlanDrawing,
  type PlanRefusal,
} from './plan/plan-draft.ts';
export * from './plan/save-plan.ts';
export * from './seat-map/save-seat-map.ts';
export { type EditedMeanwhile, type SetUpRefusal } from './set-up/change-set-up.ts';
export * from './set-up/copy-event.ts';
export * from './set-up/create-event.ts';
export * from './set-up/order-types.ts';
export * from './set-up/places.ts';
export * from './set-up/save-pool.ts';
export {
  type Opening,
  saveType,
  type SaveTypeResult,
  type TypeChange,
  type TypeValues,
} from './set-up/save-type.ts';
export * from './set-up/save-voucher.ts';
export { daysMax, type SessionDraft } from './set-up/session-rows.ts';
export * from './set-up/set-days.ts';
export * from './set-up/set-poster.ts';
export * from './set-up/update-event.ts';
export * from './set-up/what-was-sold.ts';
export { transact } from './transact.ts';
export {
  codeOf,
  covers,
  findVouchers,
  isUsable,
  leftOf,
  reveals,
  type VoucherRow,
} from './vouchers-in-sale.ts';
export * from './waiting-room/call-places.ts';
export * from './waiting-room/close-waiting-room.ts';
export * from './waiting-room/enter-shop.ts';
export * from './waiting-room/forget-places.ts';
export * from './waiting-room/join-waiting-room.ts';
export * from './waiting-room/set-waiting-room.ts';
export { type PlaceRequest, takePlace } from './waiting-room/take-place.ts';
