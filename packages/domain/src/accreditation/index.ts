export {
  type ApplicationAct,
  type ApplicationState,
  stateAfter,
  takesPlace,
} from './application-state.ts';
export type { BadgeBox, BadgeDesign, BadgeElement } from './badge-design.ts';
export {
  badgeLimits,
  badgeSizes,
  badgeTextMin,
  firstBadgeDesign,
  isOnBadge,
} from './badge-rules.ts';
export {
  applicationLimits,
  type ApplicationFields,
  type ApplicationProblems,
  checkAnswers,
  checkApplication,
  type FieldProblem,
  type FormRules,
} from './check-application.ts';
export { documentIdentity, type Identity, isSamePerson, nameBirthIdentity } from './identity.ts';
export { photoSize, photoUploadBytesMax } from './photo-size.ts';
export type { Question } from './question.ts';
