export { drawPlan } from './demo/draw-plan.ts';
export { demoSlug } from './demo/organization.ts';
export { renewDemo } from './demo/renew-demo.ts';
export { seedDemo, type DemoDevice, type SeedDemoResult } from './demo/seed-demo.ts';
export { demoPassword, type DemoAccount } from './demo/staff.ts';
export * from './factories/index.ts';
