import type { MemberRole } from '@catraca/db';

/** Who may call a procedure: anyone at all, or a signed-in member with one of these roles. */
export type Access = 'public' | readonly MemberRole[];

const everyMember = [
  'owner',
  'manager',
  'box_office',
  'accreditation',
  'gate',
  'control',
  'viewer',
] as const;

/** Who may make their own phone a scanner. */
const scanning = ['owner', 'manager', 'box_office', 'accreditation', 'gate', 'control'] as const;

/** Who answers for the event. */
const managing = ['owner', 'manager'] as const;

/** Who may see buyers and their orders. A viewer sees numbers, never people. */
const selling = [...managing, 'box_office'] as const;

/** Who may see who applied, and decides on it. */
const accrediting = [...managing, 'accreditation'] as const;

/** Who may see how the gates are set up. */
const operating = [...managing, 'control', 'viewer'] as const;

/** Who may see how this site stands with the other one. */
const watchingSites = [...managing, 'control'] as const;

/**
 * The one table of procedure × role. A procedure that is not in it can be called by nobody;
 * a test walks every procedure with every role against it.
 */
export const access = {
  'accreditation.forms': accrediting,
  'accreditation.saveForm': accrediting,
  'accreditation.search': accrediting,
  'accreditation.find': accrediting,
  'accreditation.decide': accrediting,
  'accreditation.photo': accrediting,
  // By a delegation's link, an application's, or a form that is open to everybody.
  'application.delegation': 'public',
  'application.form': 'public',
  'application.submit': 'public',
  'application.view': 'public',
  'application.mend': 'public',
  'application.withdraw': 'public',
  'audit.search': managing,
  'audit.ofEvent': managing,
  'badge.designs': accrediting,
  'badge.save': accrediting,
  'badge.sample': accrediting,
  'badge.print': accrediting,
  'checkpoint.list': operating,
  'checkpoint.update': ['owner', 'manager', 'control'],
  'confirmation.get': managing,
  'confirmation.save': managing,
  'confirmation.list': managing,
  'confirmation.ask': managing,
  // By the ticket's link.
  'confirmation.own': 'public',
  'confirmation.confirm': 'public',
  'conflict.list': ['owner', 'manager', 'control'],
  'conflict.unseen': ['owner', 'manager', 'control'],
  'conflict.markSeen': managing,
  'delegation.list': accrediting,
  'delegation.create': accrediting,
  'delegation.update': accrediting,
  'delegation.renewLink': accrediting,
  'device.list': operating,
  'device.createPairingCode': ['owner', 'manager', 'control'],
  'device.revoke': ['owner', 'manager', 'control'],
  'device.enrolSelf': scanning,
  'device.eventChoices': scanning,
  'device.redeemPairingCode': 'public',
  // By the device's token.
  'device.searchPasses': 'public',
  'event.list': 'public',
  'event.get': 'public',
  'event.availability': 'public',
  'event.seatMap': 'public',
  'event.takenSeats': 'public',
  'event.own': everyMember,
  'event.setStatus': managing,
  'event.create': managing,
  'event.copy': managing,
  'event.checkSlug': managing,
  'event.setUp': [...managing, 'viewer'],
  'event.preview': [...managing, 'viewer'],
  'event.setPoster': managing,
  'event.update': managing,
  'event.setDays': managing,
  'event.addPlace': managing,
  'event.previewRefund': managing,
  'event.refund': managing,
  'hold.get': 'public',
  'hold.place': 'public',
  'hold.release': 'public',
  // Which kinds of jobs, job-roles.ts says.
  'job.get': [...managing, 'accreditation'],
  'job.list': [...managing, 'accreditation'],
  'job.stop': [...managing, 'accreditation'],
  'job.resume': [...managing, 'accreditation'],
  'live.plan': ['owner', 'manager', 'control', 'viewer'],
  'live.ticket': ['owner', 'manager', 'control', 'viewer'],
  'member.list': managing,
  'member.places': managing,
  'member.invite': managing,
  'member.resendInvitation': managing,
  'member.revokeInvitation': managing,
  'member.setRole': managing,
  'member.setLimits': managing,
  'member.suspend': managing,
  'member.remove': managing,
  'member.resetFactors': managing,
  'member.setSecondFactorRoles': ['owner'],
  'order.begin': 'public',
  'order.view': 'public',
  'order.mailAgain': 'public',
  'order.search': selling,
  'order.find': selling,
  'order.resendMail': selling,
  'order.refund': managing,
  'order.export': managing,
  'overview.get': ['owner', 'manager', 'box_office', 'accreditation', 'control', 'viewer'],
  'pass.search': [...selling, 'accreditation', 'control'],
  'pass.find': [...selling, 'accreditation', 'control'],
  'pass.filterChoices': [...selling, 'accreditation', 'control'],
  'pass.revoke': managing,
  'pass.reissue': selling,
  'passType.list': [...managing, 'accreditation', 'viewer'],
  'passType.save': managing,
  'passType.order': managing,
  'passType.archive': managing,
  'passType.savePool': managing,
  'passType.removePool': managing,
  'pass.rename': selling,
  'pass.transfer': selling,
  'pass.resend': selling,
  // Without paying the difference: managers only, as exchange-pass.ts says.
  'pass.exchange': selling,
  'pass.exchangeOffer': selling,
  'pass.freeSeats': selling,
  'pass.withdrawExchange': selling,
  'pass.export': managing,
  'pass.previewImport': managing,
  'pass.import': managing,
  'payment.providers': 'public',
  'payment.start': 'public',
  'person.search': managing,
  'person.export': managing,
  'person.erase': managing,
  'person.retention': managing,
  'person.setRetention': managing,
  'seatMap.get': managing,
  'seatMap.readFile': managing,
  'seatMap.save': managing,
  'pickup.search': accrediting,
  'pickup.find': accrediting,
  'pickup.handOver': accrediting,
  'pickup.setPhoto': accrediting,
  'site.status': 'public',
  'site.me': everyMember,
  'site.list': watchingSites,
  'site.sharing': watchingSites,
  'site.allotments': watchingSites,
  'site.authority': watchingSites,
  'site.createCode': managing,
  'site.revoke': managing,
  'site.share': managing,
  'site.setShare': managing,
  'site.giveUnits': managing,
  'site.handOver': managing,
  'site.takeOver': managing,
  'ticket.get': 'public',
  'ticket.check': 'public',
  'venuePlan.get': managing,
  'venuePlan.readFile': managing,
  'venuePlan.save': managing,
  'voucher.list': managing,
  'voucher.save': managing,
  'voucher.redeem': 'public',
  'waitingRoom.look': 'public',
  'waitingRoom.own': 'public',
  'waitingRoom.join': 'public',
  'waitingRoom.enter': 'public',
  'waitingRoom.leave': 'public',
  'waitingRoom.find': managing,
  'waitingRoom.set': managing,
  'waitingRoom.close': managing,
} as const satisfies Record<string, Access>;

type Path = keyof typeof access;

/** What is about the organization and no one event: not for a member who works at some of its events alone. */
const organizationWide: ReadonlySet<string> = new Set<Path>([
  'audit.search',
  'event.create',
  'member.list',
  'member.places',
  'member.invite',
  'member.resendInvitation',
  'member.revokeInvitation',
  'member.setRole',
  'member.setLimits',
  'member.suspend',
  'member.remove',
  'member.resetFactors',
  'member.setSecondFactorRoles',
  'person.search',
  'person.export',
  'person.erase',
  'site.list',
  'site.sharing',
  'site.createCode',
  'site.revoke',
]);

function accessTo(path: string): Access | undefined {
  return Object.hasOwn(access, path) ? access[path as Path] : undefined;
}

/**
 * Whether a role (null: nobody signed in) may call the procedure at this path. A path not in the table: nobody. `isLimited`: the member
 * works at some events alone.
 */
export function mayCall(role: MemberRole | null, path: string, isLimited = false): boolean {
  const allowed = accessTo(path);
  if (allowed === 'public') return true;
  if (isLimited && organizationWide.has(path)) return false;
  return role !== null && allowed !== undefined && allowed.includes(role);
}

/** Whether a role sells at a desk, where one network serves everybody. */
export function maySell(role: MemberRole): boolean {
  return (selling as readonly MemberRole[]).includes(role);
}

/** Every procedure a member with this role may call: what its pages offer. */
export function pathsFor(role: MemberRole, isLimited = false): Path[] {
  return (Object.keys(access) as Path[]).filter((path) => mayCall(role, path, isLimited));
}
