export type { BadgeBox, BadgeDesign, BadgeElement } from './badge-design.ts';
export type { Question } from './question.ts';
